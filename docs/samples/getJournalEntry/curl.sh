id=$(curl -s 'http://127.0.0.1:8642/admin/v1/journal?limit=1' \
  -H "Authorization: Bearer $OPERATOR_KEY" | jq -r '.data[0].id')

curl "http://127.0.0.1:8642/admin/v1/journal/$id" \
  -H "Authorization: Bearer $OPERATOR_KEY"
