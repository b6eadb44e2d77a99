curl http://127.0.0.1:8642/v1/conversations \
  -H 'Content-Type: application/json' \
  -d '{ "metadata": { "topic": "roses" } }'
