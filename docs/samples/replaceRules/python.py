import os

import httpx  # pip install httpx

reply = httpx.put(
    "http://127.0.0.1:8642/admin/v1/rules",
    headers={"Authorization": f"Bearer {os.environ.get('OPERATOR_KEY')}"},
    json={"rules": [{"name": "refund", "when": {"message": "*refund*"}, "reply": {"text": "Done."}}]},
)
print(reply.text)
