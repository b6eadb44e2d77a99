id=$(curl -s http://127.0.0.1:8642/v1/responses \
  -H 'Content-Type: application/json' \
  -d '{ "input": "Tell me a joke.", "background": true }' | jq -r .id)

curl -X POST "http://127.0.0.1:8642/admin/v1/runs/$id/repeat" \
  -H "Authorization: Bearer $OPERATOR_KEY"
