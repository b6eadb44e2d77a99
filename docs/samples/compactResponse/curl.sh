id=$(curl -s http://127.0.0.1:8642/v1/responses \
  -H 'Content-Type: application/json' \
  -d '{ "input": "My name is Ada, and I grow roses." }' | jq -r .id)

curl http://127.0.0.1:8642/v1/responses/compact \
  -H 'Content-Type: application/json' \
  -d '{ "model": "offline", "previous_response_id": "'"$id"'" }'
