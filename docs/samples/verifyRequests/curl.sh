curl -s http://127.0.0.1:8642/v1/responses \
  -H 'Content-Type: application/json' \
  -d '{ "input": "Tell me a joke." }' > /dev/null

curl http://127.0.0.1:8642/admin/v1/journal/verify \
  -H "Authorization: Bearer $OPERATOR_KEY" \
  -H 'Content-Type: application/json' \
  -d '{ "match": { "operation": "createResponse" }, "at_least": 1 }'
