import { address } from './request-plans.ts';
import { toJson } from './to-curl.ts';
import { clientOptions } from './to-go.ts';

/** The code with which a receiver prints the response that it retrieves, in each language. */
interface WebhookPlan {
  type: string;
  typescript: string;
  python: string;
  go: string;
  /** A request that causes the event. */
  cause: Record<string, unknown>;
}

/** The events of responses. Their receivers differ only in this. */
export const webhookPlans: Record<string, WebhookPlan> = {
  onResponseCompleted: {
    type: 'response.completed',
    typescript: 'response.output_text',
    python: 'response.output_text',
    go: 'response.OutputText()',
    cause: { input: 'Tell me a joke.', background: true },
  },
  onResponseFailed: {
    type: 'response.failed',
    typescript: 'response.error?.message',
    python: 'response.error.message',
    go: 'response.Error.Message',
    cause: { input: '/say I fall over.\n/break', background: true },
  },
  onResponseIncomplete: {
    type: 'response.incomplete',
    typescript: 'response.incomplete_details?.reason',
    python: 'response.incomplete_details.reason',
    go: 'response.IncompleteDetails.Reason',
    cause: { input: 'Tell me a joke.', max_output_tokens: 16, background: true },
  },
  onResponseCancelled: {
    type: 'response.cancelled',
    typescript: 'response.output_text',
    python: 'response.output_text',
    go: 'response.OutputText()',
    cause: { input: '/tokens 1000 delay 20ms', background: true },
  },
};

const setting = 'Start the server with WEBHOOK_URL=http://127.0.0.1:8700/hooks and WEBHOOK_ALLOW_PRIVATE=1.';

/** Returns the command that causes an event, and its receivers, by file name. */
export function toWebhookSamples(plan: WebhookPlan): Record<string, string> {
  return {
    'curl.sh': toCause(plan),
    'typescript.ts': toTypescriptReceiver(plan),
    'python.py': toPythonReceiver(plan),
    'go.go': toGoReceiver(plan),
  };
}

function toCause({ type, cause }: WebhookPlan): string {
  const post = [`${address}/v1/responses`, "-H 'Content-Type: application/json'", `-d '${toJson(cause)}'`].join(
    ' \\\n  ',
  );
  const purpose = `# Causes the event ${type}.\n`;
  if (type !== 'response.cancelled') return `${purpose}curl ${post}\n`;
  return `${purpose}id=$(curl -s ${post} | jq -r .id)\n\ncurl -X POST "${address}/v1/responses/$id/cancel"\n`;
}

function toTypescriptReceiver({ type, typescript }: WebhookPlan): string {
  return `import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import OpenAI from 'openai';

// ${setting}
const webhookSecret = process.env.WEBHOOK_SECRET;
const client = new OpenAI({ baseURL: '${address}/v1', apiKey: 'none', webhookSecret });

createServer(async (request, reply) => {
  const body = await text(request);
  const event = await client.webhooks.unwrap(body, request.headers).catch(() => undefined);
  reply.writeHead(event ? 204 : 400).end();
  if (event?.type !== '${type}') return;
  const response = await client.responses.retrieve(event.data.id);
  console.log(event.type, ${typescript});
}).listen(8700, '127.0.0.1');
`;
}

function toPythonReceiver({ type, python }: WebhookPlan): string {
  return `import os
from http.server import BaseHTTPRequestHandler, HTTPServer

from openai import InvalidWebhookSignatureError, OpenAI

# ${setting}
secret = os.environ["WEBHOOK_SECRET"]
client = OpenAI(base_url="${address}/v1", api_key="none", webhook_secret=secret)


class Hooks(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            event = client.webhooks.unwrap(body, dict(self.headers))
        except InvalidWebhookSignatureError:
            return self.send_error(400)
        self.send_response(204)
        self.end_headers()
        if event.type == "${type}":
            response = client.responses.retrieve(event.data.id)
            print(event.type, ${python}, flush=True)


HTTPServer(("127.0.0.1", 8700), Hooks).serve_forever()
`;
}

function toGoReceiver({ type, go }: WebhookPlan): string {
  return `package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/responses"
)

func main() {
	// ${setting}
	secret := option.WithWebhookSecret(os.Getenv("WEBHOOK_SECRET"))
	client := openai.NewClient(${clientOptions}, secret)

	http.HandleFunc("POST /hooks", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		event, err := client.Webhooks.Unwrap(body, r.Header)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusNoContent)
		if event.Type != "${type}" {
			return
		}
		response, err := client.Responses.Get(r.Context(), event.Data.ID, responses.ResponseGetParams{})
		if err != nil {
			log.Print(err)
			return
		}
		fmt.Println(event.Type, ${go})
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:8700", nil))
}
`;
}
