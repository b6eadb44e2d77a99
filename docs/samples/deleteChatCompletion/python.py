from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

created = client.chat.completions.create(
    model="offline",
    messages=[{"role": "user", "content": "Forget this."}],
    store=True,
)

result = client.chat.completions.delete(created.id)
print(result.object, result.deleted)
