// Uses the generated client as a program would. Its output must equal that of the other generators.
import { createResponse, defaults, getResponse, listModels, type ResponseStreamEvent } from './api';
import { readEvents } from './read-events';

defaults.baseUrl = process.argv[2];

const models = await listModels();
if (models.status !== 200) throw new Error(models.data.error.message);
console.log('models', models.data.data.map(({ id }) => id).join());

const create = async (input: string, previous?: string) => {
  const reply = await createResponse({ input, previous_response_id: previous });
  if (!('output' in reply.data)) throw new Error(reply.data.error.message);
  return reply.data;
};
const first = await create('Hello!');
const second = await create('And?', first.id);
const [item] = second.output;
const part = item?.type === 'message' && 'content' in item ? item.content[0] : undefined;
console.log('chain', part?.type === 'output_text' && part.text.includes('Turn 2.'));

const missing = await getResponse('resp_unknown');
console.log('error', missing.status, missing.status === 404 && missing.data.error.code);

let text = '';
const { body } = await fetch(`${defaults.baseUrl}/v1/responses`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ input: '/say Hello there.', stream: true }),
});
for await (const event of readEvents<ResponseStreamEvent>(body)) {
  if (event.type === 'response.output_text.delta' && 'delta' in event) text += event.delta;
}
console.log('stream', text);
