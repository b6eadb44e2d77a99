curl -X PUT http://127.0.0.1:8642/admin/v1/rules \
  -H "Authorization: Bearer $OPERATOR_KEY" \
  -H 'Content-Type: application/json' \
  -d '{ "rules": [{ "name": "refund", "when": { "message": "*refund*" }, "reply": { "text": "Done." } }] }'
