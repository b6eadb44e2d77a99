conversation=$(curl -s http://127.0.0.1:8642/v1/conversations \
  -H 'Content-Type: application/json' -d '{}' | jq -r .id)
item=$(curl -s "http://127.0.0.1:8642/v1/conversations/$conversation/items" \
  -H 'Content-Type: application/json' \
  -d '{ "items": [{ "role": "user", "content": "I grow roses." }] }' | jq -r '.data[0].id')

curl "http://127.0.0.1:8642/v1/conversations/$conversation/items/$item"
