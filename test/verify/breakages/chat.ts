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
  'models.list': json('omits object: "list"', /^GET \/models$/, (body) => delete body.object),
  'models.retrieve': json('returns another model', /^GET \/models\/./, (body) => {
    body.id = 'another';
  }),
  'models.unknown': accept('accepts every model', /^GET \/models\/./, {
    id: 'x',
    object: 'model',
    created: 1,
    owned_by: 'x',
  }),

  'chat.shape': json('omits the index of a choice', chatPost, (body) => delete body.choices[0].index),
  'chat.content-type': header('sends text/plain', chatPost, 'content-type', 'text/plain'),
  'chat.text': json('answers with empty text', chatPost, (body) => {
    body.choices[0].message.content = '';
  }),
  'chat.usage': json('counts one token too many', chatPost, (body) => {
    body.usage.total_tokens += 1;
  }),
  'chat.limit': json('finishes a truncated text with "stop"', chatPost, (body) => {
    body.choices[0].finish_reason = 'stop';
  }),
  'chat.stop': ignore('ignores stop', chatPost, 'stop'),
  'chat.choices': ignore('ignores n', chatPost, 'n'),
  'chat.parts': refuse('accepts only strings as content', chatPost, (body) => Array.isArray(body.messages[0].content)),
  'chat.roles': refuse('refuses the developer role', chatPost, (body) => body.messages.some(isDeveloper)),
  'chat.tool-call': json('returns the arguments as an object', chatPost, (body) => {
    const call = body.choices[0].message.tool_calls[0];
    call.function.arguments = JSON.parse(call.function.arguments);
  }),
  'chat.tool-finish': json('finishes calls with "stop"', chatPost, (body) => {
    body.choices[0].finish_reason = 'stop';
  }),
  'chat.tool-loop': refuse('refuses tool messages', chatPost, (body) => body.messages.at(-1).role === 'tool'),
  'chat.tool-parallel': json('gives all calls the same id', chatPost, (body) => {
    for (const call of body.choices[0].message.tool_calls ?? []) call.id = 'call_1';
  }),
  'chat.tool-none': json('calls a tool despite tool_choice "none"', chatPost, (body) => {
    const call = { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{}' } };
    body.choices[0].message.tool_calls = [call];
  }),
  'chat.json-object': ignore('ignores response_format', chatPost, 'response_format'),
  'chat.old-limit': ignore('ignores max_tokens', chatPost, 'max_tokens'),

  'chat-stream.content-type': header('sends application/json', chatPost, 'content-type', 'application/json'),
  'chat-stream.shape': chunks('omits created', (chunk) => delete chunk.created),
  'chat-stream.framing': blocks('writes event fields', chatPost, (all) => all.map((block) => `event: chunk\n${block}`)),
  'chat-stream.done': blocks('omits [DONE]', chatPost, (all) => all.filter((block) => !block.includes('[DONE]'))),
  'chat-stream.role': chunks('omits the role', (chunk) => delete chunk.choices[0]?.delta.role),
  'chat-stream.identity': chunks('gives each chunk its own id', (chunk, index) => {
    chunk.id += index;
  }),
  'chat-stream.finish': chunks('never finishes', (chunk) => {
    if (chunk.choices[0]) chunk.choices[0].finish_reason = null;
  }),
  'chat-stream.usage': events('omits the usage', chatPost, (chunk) => (chunk.choices.length === 0 ? undefined : chunk)),
  'chat-stream.no-usage': ask('always reports usage', chatPost, ({ body }) => {
    if (body.stream) body.stream_options = { include_usage: true };
    return undefined;
  }),
  'chat-stream.fold': events('loses a delta', chatPost, (chunk) =>
    chunk.choices[0]?.delta.content === ' brown' ? undefined : chunk,
  ),
  'chat-stream.choices': chunks('puts every choice at index 0', (chunk) => {
    for (const choice of chunk.choices) choice.index = 0;
  }),
  'chat-stream.tool-begin': chunks('omits the index of calls', (chunk) => {
    for (const call of chunk.choices[0]?.delta.tool_calls ?? []) delete call.index;
  }),
  'chat-stream.tool-arguments': chunks('counts the fragments of a call as calls', (chunk, index) => {
    for (const call of chunk.choices[0]?.delta.tool_calls ?? []) call.index = index;
  }),
  'chat-stream.tool-finish': chunks('finishes calls with "stop"', (chunk) => {
    const [choice] = chunk.choices;
    if (choice?.finish_reason) choice.finish_reason = 'stop';
  }),
  'chat-stream.refusal': answer('sends errors in a stream with status 200', chatPost, (reply) => {
    Object.assign(reply, {
      status: 200,
      headers: { 'content-type': 'text/event-stream' },
      text: `data: ${reply.text}\n\n`,
    });
  }),

  'stored-chat.retrieve': json('returns another completion', stored, (body) => {
    body.id = 'chatcmpl-other';
  }),
  'stored-chat.messages': json('lists no messages', /\/messages$/, (body) => {
    body.data = [];
  }),
  'stored-chat.list': ask('ignores the metadata filter', /^GET \/chat\/completions\?/, (request) => {
    request.path = '/chat/completions?metadata[purpose]=no-such-purpose';
    return undefined;
  }),
  'stored-chat.update': pretend('reports a change without making it', /^POST \/chat\/completions\/./, () => ({})),
  'stored-chat.delete': pretend('reports a deletion without deleting', /^DELETE /, () => ({ deleted: true })),
  'stored-chat.not-stored': ask('stores everything', chatPost, ({ body }) => {
    body.store = true;
    return undefined;
  }),

  'errors.envelope': json('omits param', chatPost, ({ error }) => delete error.param),
  'errors.invalid-json': status('answers bad JSON with 500', chatPost, 500),
  'errors.missing': json('names another parameter', chatPost, ({ error }) => {
    error.param = 'model';
  }),
  'errors.chat-type': accept('accepts any messages', chatPost),
  'errors.response-type': accept('accepts any temperature', /^POST \/responses$/),
  'errors.nested': json('names only the outermost field', chatPost, ({ error }) => {
    error.param = 'messages';
  }),
  'errors.role': accept('accepts any role', chatPost),
  'errors.model': json('answers with another model', chatPost, (body) => {
    body.model = 'offline';
  }),
  'errors.unknown-response': status('answers 500 for an unknown path', /^GET \/responses\/./, 500),
  'errors.unknown-path': answer('answers in HTML', /^GET \/no-such-path$/, (reply) => {
    Object.assign(reply, { headers: { 'content-type': 'text/html' }, text: '<h1>Not found</h1>' });
  }),
  'errors.method': status('answers 404 to a wrong method', /^DELETE \/chat\/completions$/, 404),
  'errors.wrong-key': ask('accepts any key', chatPost, letIn),
  'errors.no-key': ask('accepts requests without a key', chatPost, letIn),
  'errors.media-type': accept('accepts any body', chatPost),
  'errors.after': answer('answers 500 to unexpected input', chatPost, (reply) => {
    if (reply.status === 400) reply.status = 500;
  }),
};

const isDeveloper = ({ role }: { role: string }) => role === 'developer';

/** Replaces any key with the right one. */
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
