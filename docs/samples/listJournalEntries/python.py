import os

import httpx  # pip install httpx
from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none")

client.responses.create(input="Tell me a joke.")

reply = httpx.get(
    "http://127.0.0.1:8642/admin/v1/journal?limit=10",
    headers={"Authorization": f"Bearer {os.environ.get('OPERATOR_KEY')}"},
)
print(reply.text)
