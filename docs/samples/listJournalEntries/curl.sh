curl -s http://127.0.0.1:8642/v1/responses \
  -H 'Content-Type: application/json' \
  -d '{ "input": "Tell me a joke." }' > /dev/null

curl "http://127.0.0.1:8642/admin/v1/journal?limit=10" \
  -H "Authorization: Bearer $OPERATOR_KEY"
