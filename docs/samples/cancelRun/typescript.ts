import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

// A script for the offline agent: an answer that takes 20 seconds.
const { id } = await client.responses.create({ input: '/tokens 1000 delay 20ms', background: true });

const reply = await fetch(`http://127.0.0.1:8642/admin/v1/runs/${id}/cancel`, {
  method: 'POST',
  headers: { Authorization: `Bearer ${process.env.OPERATOR_KEY}` },
});
console.log(JSON.stringify(await reply.json(), null, 2));
