import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const { id } = await client.conversations.create();
const added = await client.conversations.items.create(id, {
  items: [{ role: 'user', content: 'I grow roses.' }],
});

const conversation = await client.conversations.items.delete(added.first_id, { conversation_id: id });
console.log(`deleted ${added.first_id} from ${conversation.id}`);
