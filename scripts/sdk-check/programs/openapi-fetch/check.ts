// Uses the generated types as a program would. Its output must equal that of the other generators.
import createClient from 'openapi-fetch';
import { readEvents } from './read-events';
import type { components, paths } from './schema';

const client = createClient<paths>({ baseUrl: process.argv[2] });

const models = await client.GET('/v1/models');
console.log('models', models.data?.data.map(({ id }) => id).join());

const first = await client.POST('/v1/responses', { body: { input: 'Hello!' } });
const body = { input: 'And?', previous_response_id: first.data?.id };
const second = await client.POST('/v1/responses', { body });
const item = second.data?.output[0];
const part = item?.type === 'message' && 'content' in item ? item.content[0] : undefined;
console.log('chain', part?.type === 'output_text' && part.text.includes('Turn 2.'));

const path = { response_id: 'resp_unknown' };
const missing = await client.GET('/v1/responses/{response_id}', { params: { path } });
console.log('error', missing.response.status, missing.error?.error.code);

let text = '';
const streamed = { input: '/say Hello there.', stream: true };
const { data } = await client.POST('/v1/responses', { body: streamed, parseAs: 'stream' });
for await (const event of readEvents<components['schemas']['ResponseStreamEvent']>(data)) {
  if (event.type === 'response.output_text.delta' && 'delta' in event) text += event.delta;
}
console.log('stream', text);
