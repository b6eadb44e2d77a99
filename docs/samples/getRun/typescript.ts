import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const { id } = await client.responses.create({ input: 'Tell me a joke.', background: true });

const reply = await fetch(`http://127.0.0.1:8642/admin/v1/runs/${id}`, {
  headers: { Authorization: `Bearer ${process.env.OPERATOR_KEY}` },
});
console.log(JSON.stringify(await reply.json(), null, 2));
