from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

conversation = client.conversations.create(
    items=[{"role": "user", "content": "I grow roses."}],
)

for item in client.conversations.items.list(conversation.id, order="asc"):
    print(item.id, item.type)
