import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const { id } = await client.chat.completions.create({
  model: 'offline',
  messages: [{ role: 'user', content: 'Tell me a joke.' }],
  store: true,
});

for await (const message of client.chat.completions.messages.list(id)) {
  console.log(`${message.role}: ${message.content}`);
}
