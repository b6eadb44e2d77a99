# Needs a tool call that waits for approval. See the guide to approvals.
id=$(curl -s 'http://127.0.0.1:8642/admin/v1/approvals?status=pending' \
  -H "Authorization: Bearer $OPERATOR_KEY" | jq -r '.data[0].id')

curl "http://127.0.0.1:8642/admin/v1/approvals/$id" \
  -H "Authorization: Bearer $OPERATOR_KEY"
