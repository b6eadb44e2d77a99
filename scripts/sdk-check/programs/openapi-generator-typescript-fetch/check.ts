// Uses the generated client as a program would. Its output must equal that of the other generators.
import {
  Configuration,
  ErrorResponseFromJSON,
  ModelsApi,
  ResponseError,
  ResponseStreamEventFromJSON,
  ResponsesApi,
} from './client';
import { readEvents } from './read-events';

const configuration = new Configuration({ basePath: process.argv[2] });
const responses = new ResponsesApi(configuration);

const models = await new ModelsApi(configuration).listModels();
console.log('models', models.data.map(({ id }) => id).join());

const first = await responses.createResponse({ createResponseRequest: { input: 'Hello!' } });
const request = { input: 'And?', previousResponseId: first.id };
const second = await responses.createResponse({ createResponseRequest: request });
const [item] = second.output;
const part = item?.type === 'message' && 'content' in item ? item.content[0] : undefined;
console.log('chain', part?.type === 'output_text' && part.text.includes('Turn 2.'));

const failure = await responses.getResponse({ responseId: 'resp_unknown' }).catch((reason: unknown) => reason);
if (!(failure instanceof ResponseError)) throw failure;
const { error } = ErrorResponseFromJSON(await failure.response.json());
console.log('error', failure.response.status, error.code);

let text = '';
const streamed = { input: '/say Hello there.', stream: true };
const { raw } = await responses.createResponseRaw({ createResponseRequest: streamed });
for await (const json of readEvents<unknown>(raw.body)) {
  const event = ResponseStreamEventFromJSON(json);
  if (event.type === 'response.output_text.delta' && 'delta' in event) text += event.delta;
}
console.log('stream', text);
