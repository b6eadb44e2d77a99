from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

conversation = client.conversations.create()

result = client.conversations.delete(conversation.id)
print(result.object, result.deleted)
