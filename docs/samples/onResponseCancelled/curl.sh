# Causes the event response.cancelled.
id=$(curl -s http://127.0.0.1:8642/v1/responses \
  -H 'Content-Type: application/json' \
  -d '{ "input": "/tokens 1000 delay 20ms", "background": true }' | jq -r .id)

curl -X POST "http://127.0.0.1:8642/v1/responses/$id/cancel"
