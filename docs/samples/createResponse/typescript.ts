import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const response = await client.responses.create({ input: 'Tell me a joke.' });
console.log(response.output_text);
