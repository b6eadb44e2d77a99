import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import OpenAI from 'openai';
import { createValueCheck } from '../../src/contract/check-value.ts';
import { loadContract } from '../../src/contract/load-contract.ts';

export interface ReceivedWebhook {
  headers: IncomingHttpHeaders;
  body: string;
}

/** An event as its receiver uses it. */
export interface WebhookEvent {
  id: string;
  object: string;
  created_at: number;
  type: string;
  data: Record<string, unknown>;
}

export interface WebhookReceiver extends AsyncDisposable {
  url: string;
  /** Everything it received, whatever it replied. */
  received: ReceivedWebhook[];
  /** Verifies all webhooks with OpenAI's SDK and checks their events against the contract. Rejects otherwise. */
  unwrapAll(): Promise<WebhookEvent[]>;
}

export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** Replies to a request. `count`: how many came before it. */
type Reply = (response: ServerResponse, count: number) => void;

/** Starts a receiver of webhooks on a free port of this machine. It replies with a 204 by default. */
export async function startReceiver(
  reply: Reply = (response) => response.writeHead(204).end(),
): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    received.push({ headers: request.headers, body });
    reply(response, received.length - 1);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the receiver has no port');
  return {
    url: `http://127.0.0.1:${address.port}/hooks`,
    received,
    unwrapAll: () => Promise.all(received.map((webhook) => unwrap(webhook))),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const { webhooks } = new OpenAI({ apiKey: 'none', webhookSecret: secret });

/** Verifies a webhook with OpenAI's SDK and checks its event against the contract. Rejects otherwise. */
async function unwrap({ body, headers }: ReceivedWebhook): Promise<WebhookEvent> {
  const event = (await webhooks.unwrap(body, headers as Record<string, string>)) as unknown as WebhookEvent;
  const check = checks.get(event.type);
  if (!check) throw new Error(`The contract has no webhook ${event.type}.`);
  check(event);
  return event;
}

const contract = loadContract();

/** By the type of the event. */
const checks = new Map(
  Object.entries(contract.document.webhooks ?? {}).map(([type, { post }]) => {
    const schema = post?.requestBody?.content['application/json']?.schema;
    if (!schema) throw new Error(`The webhook ${type} has no schema.`);
    return [type, createValueCheck(contract, schema)];
  }),
);
