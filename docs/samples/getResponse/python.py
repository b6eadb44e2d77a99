from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

created = client.responses.create(input="Tell me a joke.")

response = client.responses.retrieve(created.id)
print(response.status, response.output_text)
