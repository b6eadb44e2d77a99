# Causes the event response.incomplete.
curl http://127.0.0.1:8642/v1/responses \
  -H 'Content-Type: application/json' \
  -d '{ "input": "Tell me a joke.", "max_output_tokens": 16, "background": true }'
