curl "http://127.0.0.1:8642/admin/v1/load?period=day" \
  -H "Authorization: Bearer $OPERATOR_KEY"
