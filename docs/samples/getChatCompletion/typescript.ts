import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const { id } = await client.chat.completions.create({
  model: 'offline',
  messages: [{ role: 'user', content: 'Tell me a joke.' }],
  store: true,
});

const completion = await client.chat.completions.retrieve(id);
console.log(completion.choices[0]?.message.content);
