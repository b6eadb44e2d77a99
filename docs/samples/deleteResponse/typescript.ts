import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const { id } = await client.responses.create({ input: 'Forget this.' });

await client.responses.delete(id);
console.log(`deleted ${id}`);
