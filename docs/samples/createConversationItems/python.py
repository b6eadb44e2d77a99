from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

conversation = client.conversations.create()

items = client.conversations.items.create(
    conversation.id,
    items=[{"role": "user", "content": "I grow roses."}],
)
for item in items.data:
    print(item.id, item.type)
