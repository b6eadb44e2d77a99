import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const first = await client.responses.create({ input: 'My name is Ada, and I grow roses.' });

const compacted = await client.responses.compact({ model: 'offline', previous_response_id: first.id });
console.log(compacted.output.map((item) => item.type));
