import httpx  # pip install httpx

reply = httpx.get("http://127.0.0.1:8642/health")
print(reply.text)
