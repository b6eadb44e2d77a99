import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const { id } = await client.responses.create({ input: 'Tell me a joke.' });

for await (const item of client.responses.inputItems.list(id)) {
  console.log(item.id, item.type);
}
