import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const { id } = await client.conversations.create();

const result = await client.conversations.delete(id);
console.log(result.object, result.deleted);
