id=$(curl -s http://127.0.0.1:8642/v1/conversations \
  -H 'Content-Type: application/json' -d '{}' | jq -r .id)

curl "http://127.0.0.1:8642/v1/conversations/$id/items" \
  -H 'Content-Type: application/json' \
  -d '{ "items": [{ "role": "user", "content": "I grow roses." }] }'
