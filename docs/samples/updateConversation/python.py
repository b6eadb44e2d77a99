from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

created = client.conversations.create()

conversation = client.conversations.update(created.id, metadata={"topic": "roses"})
print(conversation.metadata)
