curl -s http://127.0.0.1:8642/v1/chat/completions \
  -H 'Content-Type: application/json' \
  -d '{
    "model": "offline",
    "messages": [{ "role": "user", "content": "Tell me a joke." }],
    "metadata": { "topic": "jokes" },
    "store": true
  }' > /dev/null

curl -g 'http://127.0.0.1:8642/v1/chat/completions?metadata[topic]=jokes&order=desc'
