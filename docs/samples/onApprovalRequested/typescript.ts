import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import OpenAI from 'openai';

// Start the server with WEBHOOK_URL=http://127.0.0.1:8700/hooks and WEBHOOK_ALLOW_PRIVATE=1.
const webhookSecret = process.env.WEBHOOK_SECRET;
const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none', webhookSecret });

interface ApprovalRequested {
  type: string;
  data: { id: string; response_id: string; server_label: string; name: string };
}

createServer(async (request, reply) => {
  const body = await text(request);
  const verified = await client.webhooks.verifySignature(body, request.headers).then(
    () => true,
    () => false,
  );
  reply.writeHead(verified ? 204 : 400).end();
  if (!verified) return;
  const { type, data } = JSON.parse(body) as ApprovalRequested;
  if (type === 'approval.requested') console.log(type, data.id, data.server_label, data.name);
}).listen(8700, '127.0.0.1');
