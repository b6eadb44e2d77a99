import os

import httpx  # pip install httpx

client = httpx.Client(
    base_url="http://127.0.0.1:8642/admin/v1",
    headers={"Authorization": f"Bearer {os.environ.get('OPERATOR_KEY')}"},
)

latest = client.get("/journal", params={"limit": 1}).json()

for entry in latest["data"]:
    print(client.get(f"/journal/{entry['id']}").text)
