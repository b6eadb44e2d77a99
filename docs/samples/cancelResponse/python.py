from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

# A script for the offline agent: an answer that takes 20 seconds.
started = client.responses.create(input="/tokens 1000 delay 20ms", background=True)

response = client.responses.cancel(started.id)
print(response.status)
