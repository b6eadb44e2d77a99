import OpenAI from 'openai';

const client = new OpenAI({ baseURL: 'http://127.0.0.1:8642/v1', apiKey: 'none' });

await client.chat.completions.create({
  model: 'offline',
  messages: [{ role: 'user', content: 'Tell me a joke.' }],
  metadata: { topic: 'jokes' },
  store: true,
});

const page = client.chat.completions.list({ metadata: { topic: 'jokes' }, order: 'desc' });
for await (const completion of page) {
  console.log(completion.id, completion.choices[0]?.message.content);
}
