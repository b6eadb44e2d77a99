id=$(curl -s http://127.0.0.1:8642/v1/chat/completions \
  -H 'Content-Type: application/json' \
  -d '{
    "model": "offline",
    "messages": [{ "role": "user", "content": "Tell me a joke." }],
    "store": true
  }' | jq -r .id)

curl "http://127.0.0.1:8642/v1/chat/completions/$id" \
  -H 'Content-Type: application/json' \
  -d '{ "metadata": { "rating": "good" } }'
