# A script for the offline agent: an answer that takes 20 seconds.
id=$(curl -s http://127.0.0.1:8642/v1/responses \
  -H 'Content-Type: application/json' \
  -d '{ "input": "/tokens 1000 delay 20ms", "background": true }' | jq -r .id)

curl -X POST "http://127.0.0.1:8642/admin/v1/runs/$id/cancel" \
  -H "Authorization: Bearer $OPERATOR_KEY"
