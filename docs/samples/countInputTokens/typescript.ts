import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const { input_tokens } = await client.responses.inputTokens.count({ model: 'offline', input: 'Tell me a joke.' });
console.log(`input_tokens: ${input_tokens}`);
