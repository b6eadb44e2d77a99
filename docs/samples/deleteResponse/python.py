from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

response = client.responses.create(input="Forget this.")

client.responses.delete(response.id)
print(f"deleted {response.id}")
