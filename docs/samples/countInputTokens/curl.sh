curl http://127.0.0.1:8642/v1/responses/input_tokens \
  -H 'Content-Type: application/json' \
  -d '{ "model": "offline", "input": "Tell me a joke." }'
