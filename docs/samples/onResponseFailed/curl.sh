# Causes the event response.failed.
curl http://127.0.0.1:8642/v1/responses \
  -H 'Content-Type: application/json' \
  -d '{ "input": "/say I fall over.\n/break", "background": true }'
