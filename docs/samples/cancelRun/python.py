import os

import httpx  # pip install httpx
from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

# A script for the offline agent: an answer that takes 20 seconds.
created = client.responses.create(input="/tokens 1000 delay 20ms", background=True)

reply = httpx.post(
    f"http://127.0.0.1:8642/admin/v1/runs/{created.id}/cancel",
    headers={"Authorization": f"Bearer {os.environ.get('OPERATOR_KEY')}"},
)
print(reply.text)
