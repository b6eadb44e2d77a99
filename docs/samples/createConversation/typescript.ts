import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

const conversation = await client.conversations.create({ metadata: { topic: 'roses' } });

const response = await client.responses.create({ conversation: conversation.id, input: 'When do roses bloom?' });
console.log(conversation.id, response.output_text);
