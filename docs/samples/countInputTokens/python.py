from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

count = client.responses.input_tokens.count(model="offline", input="Tell me a joke.")
print(f"input_tokens: {count.input_tokens}")
