import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const { id } = await client.responses.create({ input: 'Tell me a joke.' });

const response = await client.responses.retrieve(id);
console.log(response.status, response.output_text);
