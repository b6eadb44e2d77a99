import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const { id } = await client.conversations.create();

const conversation = await client.conversations.update(id, { metadata: { topic: 'roses' } });
console.log(conversation.metadata);
