import {
  accept,
  answer,
  ask,
  type Breakages,
  blocks,
  chatPost,
  events,
  header,
  ignore,
  json,
  pretend,
  refuse,
  status,
} from '../breakage.ts';
import { key } from '../two-tenants.ts';

const stored = /^GET \/chat\/completions\/[^/]+$/;

export const chatBreakages: Breakages = {
  'models.list': json('leaves out object: "list"', /^GET \/models$/, (body) => delete body.object),
  'models.retrieve': json('gives another model', /^GET \/models\/./, (body) => {
    body.id = 'another';
  }),
  'models.unknown': accept('knows every model', /^GET \/models\/./, {
    id: 'x',
    object: 'model',
    created: 1,
    owned_by: 'x',
  }),

  'chat.shape': json('leaves out a refusal that is null', chatPost, (body) => delete body.choices[0].message.refusal),
  'chat.content-type': header('says text/plain', chatPost, 'content-type', 'text/plain'),
  'chat.text': json('answers with an empty text', chatPost, (body) => {
    body.choices[0].message.content = '';
  }),
  'chat.usage': json('counts one token too many', chatPost, (body) => {
    body.usage.total_tokens += 1;
  }),
  'chat.limit': json('finishes a cut text with "stop"', chatPost, (body) => {
    body.choices[0].finish_reason = 'stop';
  }),
  'chat.stop': ignore('ignores stop', chatPost, 'stop'),
  'chat.choices': ignore('ignores n', chatPost, 'n'),
  'chat.parts': refuse('takes a text as content alone', chatPost, (body) => Array.isArray(body.messages[0].content)),
  'chat.roles': refuse('does not know the developer role', chatPost, (body) => body.messages.some(isDeveloper)),
  'chat.tool-call': json('gives the arguments as an object', chatPost, (body) => {
    const call = body.choices[0].message.tool_calls[0];
    call.function.arguments = JSON.parse(call.function.arguments);
  }),
  'chat.tool-finish': json('finishes calls with "stop"', chatPost, (body) => {
    body.choices[0].finish_reason = 'stop';
  }),
  'chat.tool-loop': refuse('refuses messages of tools', chatPost, (body) => body.messages.at(-1).role === 'tool'),
  'chat.tool-parallel': json('gives all calls one id', chatPost, (body) => {
    for (const call of body.choices[0].message.tool_calls ?? []) call.id = 'call_1';
  }),
  'chat.tool-none': json('calls a tool though it may not', chatPost, (body) => {
    const call = { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{}' } };
    body.choices[0].message.tool_calls = [call];
  }),
  'chat.json-object': ignore('ignores response_format', chatPost, 'response_format'),
  'chat.old-limit': ignore('ignores max_tokens', chatPost, 'max_tokens'),

  'chat-stream.content-type': header('says application/json', chatPost, 'content-type', 'application/json'),
  'chat-stream.shape': chunks('leaves out created', (chunk) => delete chunk.created),
  'chat-stream.framing': blocks('names its chunks in event fields', chatPost, (all) =>
    all.map((block) => `event: chunk\n${block}`),
  ),
  'chat-stream.done': blocks('leaves out [DONE]', chatPost, (all) => all.filter((block) => !block.includes('[DONE]'))),
  'chat-stream.role': chunks('leaves out the role', (chunk) => delete chunk.choices[0]?.delta.role),
  'chat-stream.identity': chunks('gives each chunk an id of its own', (chunk, index) => {
    chunk.id += index;
  }),
  'chat-stream.finish': chunks('never finishes', (chunk) => {
    if (chunk.choices[0]) chunk.choices[0].finish_reason = null;
  }),
  'chat-stream.usage': events('leaves out the usage', chatPost, (chunk) =>
    chunk.choices.length === 0 ? undefined : chunk,
  ),
  'chat-stream.no-usage': ask('always reports usage', chatPost, ({ body }) => {
    if (body.stream) body.stream_options = { include_usage: true };
    return undefined;
  }),
  'chat-stream.fold': events('loses a delta', chatPost, (chunk) =>
    chunk.choices[0]?.delta.content === ' brown' ? undefined : chunk,
  ),
  'chat-stream.choices': chunks('puts every choice under index 0', (chunk) => {
    for (const choice of chunk.choices) choice.index = 0;
  }),
  'chat-stream.tool-begin': chunks('leaves out the index of calls', (chunk) => {
    for (const call of chunk.choices[0]?.delta.tool_calls ?? []) delete call.index;
  }),
  'chat-stream.tool-arguments': chunks('counts the pieces of a call as calls', (chunk, index) => {
    for (const call of chunk.choices[0]?.delta.tool_calls ?? []) call.index = index;
  }),
  'chat-stream.tool-finish': chunks('finishes calls with "stop"', (chunk) => {
    const [choice] = chunk.choices;
    if (choice?.finish_reason) choice.finish_reason = 'stop';
  }),
  'chat-stream.refusal': answer('puts errors into a stream under a 200', chatPost, (reply) => {
    Object.assign(reply, {
      status: 200,
      headers: { 'content-type': 'text/event-stream' },
      text: `data: ${reply.text}\n\n`,
    });
  }),

  'stored-chat.retrieve': json('gives another completion', stored, (body) => {
    body.id = 'chatcmpl-other';
  }),
  'stored-chat.messages': json('lists no messages', /\/messages$/, (body) => {
    body.data = [];
  }),
  'stored-chat.list': ask('finds nothing by its metadata', /^GET \/chat\/completions\?/, (request) => {
    request.path = '/chat/completions?metadata[purpose]=no-such-purpose';
    return undefined;
  }),
  'stored-chat.update': pretend('says that it has changed what it has not', /^POST \/chat\/completions\/./, () => ({})),
  'stored-chat.delete': pretend('says that it has deleted what it has not', /^DELETE /, () => ({ deleted: true })),
  'stored-chat.not-stored': ask('stores everything', chatPost, ({ body }) => {
    body.store = true;
    return undefined;
  }),

  'errors.envelope': json('leaves out param', chatPost, ({ error }) => delete error.param),
  'errors.invalid-json': status('answers bad JSON with 500', chatPost, 500),
  'errors.missing': json('names another parameter', chatPost, ({ error }) => {
    error.param = 'model';
  }),
  'errors.chat-type': accept('takes any messages', chatPost),
  'errors.response-type': accept('takes any temperature', /^POST \/responses$/),
  'errors.nested': json('names the outermost field alone', chatPost, ({ error }) => {
    error.param = 'messages';
  }),
  'errors.role': accept('takes any role', chatPost),
  'errors.model': json('answers with another model', chatPost, (body) => {
    body.model = 'offline';
  }),
  'errors.unknown-response': status('answers 500 where there is nothing', /^GET \/responses\/./, 500),
  'errors.unknown-path': answer('answers in HTML', /^GET \/no-such-path$/, (reply) => {
    Object.assign(reply, { headers: { 'content-type': 'text/html' }, text: '<h1>Not found</h1>' });
  }),
  'errors.method': status('answers 404 to a wrong method', /^DELETE \/chat\/completions$/, 404),
  'errors.wrong-key': ask('lets any key in', chatPost, letIn),
  'errors.no-key': ask('lets everyone in', chatPost, letIn),
  'errors.media-type': accept('takes any body', chatPost),
  'errors.after': answer('answers with 500 to what it did not expect', chatPost, (reply) => {
    if (reply.status === 400) reply.status = 500;
  }),
};

const isDeveloper = ({ role }: { role: string }) => role === 'developer';

/** The right key, whatever was sent. */
function letIn({ headers }: { headers: Record<string, string> }): undefined {
  headers['authorization'] = `Bearer ${key}`;
  return undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: the JSON of one chunk
function chunks(does: string, change: (chunk: any, index: number) => unknown) {
  return events(does, chatPost, (chunk, index) => {
    change(chunk, index);
    return chunk;
  });
}
