import os

import httpx  # pip install httpx

reply = httpx.delete(
    "http://127.0.0.1:8642/admin/v1/journal",
    headers={"Authorization": f"Bearer {os.environ.get('OPERATOR_KEY')}"},
)
print(reply.text)
