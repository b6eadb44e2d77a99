// Uses the generated client as a program would. Its output must equal that of the other generators.
import { createResponse, getCreateResponseUrl, getResponse, listModels, type ResponseStreamEvent } from './api';
import { readEvents } from './read-events';

// The client sends to paths, as in a browser.
const { fetch } = globalThis;
globalThis.fetch = (input, init) => fetch(typeof input === 'string' ? new URL(input, process.argv[2]) : input, init);

const models = await listModels();
if (models.status !== 200) throw new Error(models.data.error.message);
console.log('models', models.data.data.map(({ id }) => id).join());

const create = async (input: string, previous?: string) => {
  const { status, data } = await createResponse({ input, previous_response_id: previous });
  if (status !== 200 || typeof data === 'string') throw new Error(`status ${status}`);
  return data;
};
const first = await create('Hello!');
const second = await create('And?', first.id);
const [item] = second.output;
const part = item?.type === 'message' && 'content' in item ? item.content?.[0] : undefined;
console.log('chain', part?.type === 'output_text' && part.text.includes('Turn 2.'));

const missing = await getResponse('resp_unknown');
console.log('error', missing.status, missing.status === 404 && missing.data.error.code);

let text = '';
const { body } = await globalThis.fetch(getCreateResponseUrl(), {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ input: '/say Hello there.', stream: true }),
});
for await (const event of readEvents<ResponseStreamEvent>(body)) {
  if (event.type === 'response.output_text.delta' && 'delta' in event) text += event.delta;
}
console.log('stream', text);
