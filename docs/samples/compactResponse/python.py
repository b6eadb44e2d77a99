from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

first = client.responses.create(input="My name is Ada, and I grow roses.")

compacted = client.responses.compact(model="offline", previous_response_id=first.id)
print([item.type for item in compacted.output])
