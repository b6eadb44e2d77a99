curl "http://127.0.0.1:8642/admin/v1/approvals?status=pending" \
  -H "Authorization: Bearer $OPERATOR_KEY"
