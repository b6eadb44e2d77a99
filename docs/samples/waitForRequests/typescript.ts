import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

await client.responses.create({ input: 'Tell me a joke.' });

const reply = await fetch('http://127.0.0.1:8642/admin/v1/journal/wait', {
  method: 'POST',
  headers: { Authorization: `Bearer ${process.env.OPERATOR_KEY}`, 'Content-Type': 'application/json' },
  body: JSON.stringify({ match: { operation: 'createResponse', outcome: 'completed' }, timeout_ms: 10000 }),
});
console.log(JSON.stringify(await reply.json(), null, 2));
