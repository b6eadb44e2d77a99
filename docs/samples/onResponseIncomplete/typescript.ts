import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import OpenAI from 'openai';

// Start the server with WEBHOOK_URL=http://127.0.0.1:8700/hooks and WEBHOOK_ALLOW_PRIVATE=1.
const webhookSecret = process.env.WEBHOOK_SECRET;
const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none', webhookSecret });

createServer(async (request, reply) => {
  const body = await text(request);
  const event = await client.webhooks.unwrap(body, request.headers).catch(() => undefined);
  reply.writeHead(event ? 204 : 400).end();
  if (event?.type !== 'response.incomplete') return;
  const response = await client.responses.retrieve(event.data.id);
  console.log(event.type, response.incomplete_details?.reason);
}).listen(8700, '127.0.0.1');
