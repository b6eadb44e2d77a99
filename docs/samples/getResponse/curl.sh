id=$(curl -s http://127.0.0.1:8642/v1/responses \
  -H 'Content-Type: application/json' \
  -d '{ "input": "Tell me a joke." }' | jq -r .id)

curl "http://127.0.0.1:8642/v1/responses/$id"
