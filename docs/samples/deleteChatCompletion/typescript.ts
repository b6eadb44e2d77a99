import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const { id } = await client.chat.completions.create({
  model: 'offline',
  messages: [{ role: 'user', content: 'Forget this.' }],
  store: true,
});

const result = await client.chat.completions.delete(id);
console.log(result.object, result.deleted);
