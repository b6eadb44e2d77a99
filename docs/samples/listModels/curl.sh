curl http://127.0.0.1:8642/v1/models
