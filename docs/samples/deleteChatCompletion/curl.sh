id=$(curl -s http://127.0.0.1:8642/v1/chat/completions \
  -H 'Content-Type: application/json' \
  -d '{
    "model": "offline",
    "messages": [{ "role": "user", "content": "Forget this." }],
    "store": true
  }' | jq -r .id)

curl -X DELETE "http://127.0.0.1:8642/v1/chat/completions/$id"
