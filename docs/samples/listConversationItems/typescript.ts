import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const conversation = await client.conversations.create({
  items: [{ role: 'user', content: 'I grow roses.' }],
});

for await (const item of client.conversations.items.list(conversation.id, { order: 'asc' })) {
  console.log(item.id, item.type);
}
