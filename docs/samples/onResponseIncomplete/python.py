import os
from http.server import BaseHTTPRequestHandler, HTTPServer

from openai import InvalidWebhookSignatureError, OpenAI

# Start the server with WEBHOOK_URL=http://127.0.0.1:8700/hooks and WEBHOOK_ALLOW_PRIVATE=1.
secret = os.environ["WEBHOOK_SECRET"]
client = OpenAI(base_url="http://127.0.0.1:8642/v1", api_key="none", webhook_secret=secret)


class Hooks(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            event = client.webhooks.unwrap(body, dict(self.headers))
        except InvalidWebhookSignatureError:
            return self.send_error(400)
        self.send_response(204)
        self.end_headers()
        if event.type == "response.incomplete":
            response = client.responses.retrieve(event.data.id)
            print(event.type, response.incomplete_details.reason, flush=True)


HTTPServer(("127.0.0.1", 8700), Hooks).serve_forever()
