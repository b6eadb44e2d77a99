// Uses the generated client as a program would. Its output must equal that of the other generators.
import type { ResponseStreamEvent } from './client';
import { client } from './client/client.gen';
import { createResponse, getResponse, listModels } from './client/sdk.gen';

client.setConfig({ baseUrl: process.argv[2] });

const models = await listModels({ throwOnError: true });
console.log('models', models.data.data.map(({ id }) => id).join());

const first = await createResponse({ body: { input: 'Hello!' }, throwOnError: true });
const body = { input: 'And?', previous_response_id: first.data.id };
const second = await createResponse({ body, throwOnError: true });
const [item] = second.data.output;
const part = item?.type === 'message' ? item.content[0] : undefined;
console.log('chain', part?.type === 'output_text' && part.text.includes('Turn 2.'));

const missing = await getResponse({ path: { response_id: 'resp_unknown' } });
console.log('error', missing.response?.status, missing.error?.error.code);

let text = '';
const { stream } = await client.sse.post<Record<string, ResponseStreamEvent>>({
  url: '/v1/responses',
  headers: { 'Content-Type': 'application/json' },
  body: { input: '/say Hello there.', stream: true },
});
for await (const event of stream) {
  if (event.type === 'response.output_text.delta' && 'delta' in event) text += event.delta;
}
console.log('stream', text);
