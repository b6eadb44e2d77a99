curl -s http://127.0.0.1:8642/v1/conversations \
  -H 'Content-Type: application/json' \
  -d '{ "items": [{ "role": "user", "content": "I grow roses." }] }' > /dev/null

curl "http://127.0.0.1:8642/admin/v1/conversations?limit=10" \
  -H "Authorization: Bearer $OPERATOR_KEY"
