import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const conversation = await client.conversations.create();

const items = await client.conversations.items.create(conversation.id, {
  items: [{ role: 'user', content: 'I grow roses.' }],
});
for (const item of items.data) console.log(item.id, item.type);
