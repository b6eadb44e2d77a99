curl -X DELETE http://127.0.0.1:8642/admin/v1/journal \
  -H "Authorization: Bearer $OPERATOR_KEY"
