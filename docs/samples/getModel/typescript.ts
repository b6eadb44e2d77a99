import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const model = await client.models.retrieve('offline');
console.log(model.id, model.owned_by);
