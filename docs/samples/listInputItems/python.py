from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

response = client.responses.create(input="Tell me a joke.")

for item in client.responses.input_items.list(response.id):
    print(item.id, item.type)
