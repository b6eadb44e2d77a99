curl -s http://127.0.0.1:8642/v1/responses \
  -H 'Content-Type: application/json' \
  -d '{ "input": "Tell me a joke.", "background": true }' > /dev/null

curl "http://127.0.0.1:8642/admin/v1/runs?limit=10" \
  -H "Authorization: Bearer $OPERATOR_KEY"
