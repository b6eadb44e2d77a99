import os

import httpx  # pip install httpx

# Needs a tool call that waits for approval. See the guide to approvals.
client = httpx.Client(
    base_url="http://127.0.0.1:8642/admin/v1",
    headers={"Authorization": f"Bearer {os.environ.get('OPERATOR_KEY')}"},
)

pending = client.get("/approvals", params={"status": "pending"}).json()

for approval in pending["data"][:1]:
    answer = {"approve": False, "reason": "Not on a Friday."}
    print(client.post(f"/approvals/{approval['id']}/answer", json=answer).text)
