from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

model = client.models.retrieve("offline")
print(model.id, model.owned_by)
