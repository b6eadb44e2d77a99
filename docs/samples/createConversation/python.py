from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

conversation = client.conversations.create(metadata={"topic": "roses"})

response = client.responses.create(conversation=conversation.id, input="When do roses bloom?")
print(conversation.id, response.output_text)
