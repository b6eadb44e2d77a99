import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const conversation = await client.conversations.create();
const added = await client.conversations.items.create(conversation.id, {
  items: [{ role: 'user', content: 'I grow roses.' }],
});

const item = await client.conversations.items.retrieve(added.first_id, { conversation_id: conversation.id });
console.log(item.id, item.type);
