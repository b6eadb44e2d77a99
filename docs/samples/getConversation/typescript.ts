import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const { id } = await client.conversations.create({ metadata: { topic: 'roses' } });

const conversation = await client.conversations.retrieve(id);
console.log(conversation.id, conversation.metadata);
