from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

client.chat.completions.create(
    model="offline",
    messages=[{"role": "user", "content": "Tell me a joke."}],
    metadata={"topic": "jokes"},
    store=True,
)

for completion in client.chat.completions.list(metadata={"topic": "jokes"}, order="desc"):
    print(completion.id, completion.choices[0].message.content)
