# Causes the event, if the agent has the MCP server `files`. See the guide to approvals.
curl http://127.0.0.1:8642/v1/responses \
  -H 'Content-Type: application/json' \
  -d '{ "input": "/call files__write_file {\"path\":\"/srv/notes/plan.txt\",\"content\":\"Rest.\"}" }'
