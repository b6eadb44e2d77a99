from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

created = client.conversations.create()
added = client.conversations.items.create(
    created.id,
    items=[{"role": "user", "content": "I grow roses."}],
)

conversation = client.conversations.items.delete(added.first_id, conversation_id=created.id)
print(f"deleted {added.first_id} from {conversation.id}")
