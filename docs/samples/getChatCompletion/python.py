from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

created = client.chat.completions.create(
    model="offline",
    messages=[{"role": "user", "content": "Tell me a joke."}],
    store=True,
)

completion = client.chat.completions.retrieve(created.id)
print(completion.choices[0].message.content)
