import {
  answer,
  ask,
  type Breakage,
  type Breakages,
  chatPost,
  hang,
  header,
  json,
  refuse,
  responsePost,
  status,
} from '../breakage.ts';

const has = (name: string) => (body: object) => Object.hasOwn(body, name);
const asText = (body: unknown) => JSON.stringify(body) ?? '';

/** Stops serving after a client has requested a stream. */
const stuckAfterStream = (does: string, match: RegExp): Breakage => ({
  does,
  hooks: () => {
    let isStuck = false;
    return {
      ask: ({ method, path, body }) => {
        if (isStuck && match.test(`${method} ${path}`)) return 'hang';
        isStuck ||= body?.stream === true;
        return undefined;
      },
    };
  },
});

const frames = (does: string, change: (data: string) => string | string[] | undefined): Breakage => ({
  does,
  hooks: () => ({ frame: change }),
});

/** Changes the JSON of each frame of the server. */
// biome-ignore lint/suspicious/noExplicitAny: a breakage changes the JSON that it knows is there
const eachFrame = (does: string, change: (event: any) => void): Breakage =>
  frames(does, (data) => {
    const event = JSON.parse(data);
    change(event);
    return JSON.stringify(event);
  });

/** Changes the JSON of each frame of the client. */
// biome-ignore lint/suspicious/noExplicitAny: a breakage changes the JSON that it knows is there
const eachRequest = (does: string, change: (frame: any) => void): Breakage => ({
  does,
  hooks: () => ({
    clientFrame: (data) => {
      if (!data.endsWith('}')) return data;
      const frame = JSON.parse(data);
      change(frame);
      return JSON.stringify(frame);
    },
  }),
});

export const edgeBreakages: Breakages = {
  'websocket.turn': frames('omits response.created', (data) =>
    data.includes('"response.created"') ? undefined : data,
  ),
  'websocket.events': frames('sends [DONE]', (data) =>
    data.includes('"response.completed"') ? [data, '[DONE]'] : data,
  ),
  'websocket.chain': eachRequest(
    'forgets the responses of its connection',
    (frame) => delete frame.previous_response_id,
  ),
  'websocket.unknown': eachFrame('reports every error as not_found', (event) => {
    if (event.type === 'error') event.error.code = 'not_found';
  }),
  'websocket.evicts': {
    does: 'keeps a response whose continuation failed',
    hooks: () => {
      let failed = false;
      return {
        frame: (data) => {
          failed ||= data.includes('"type":"error"');
          return data;
        },
        clientFrame: (data) => {
          const { previous_response_id: _, ...frame } = JSON.parse(data);
          return failed ? JSON.stringify(frame) : data;
        },
      };
    },
  },
  'websocket.errors': eachFrame('omits the code of errors', (event) => {
    if (event.type === 'error') delete event.error.code;
  }),
  'websocket.order': {
    does: 'mixes the events of two turns',
    hooks: () => {
      let count = 0;
      return { frame: (data) => data.replaceAll(/resp_[0-9a-f]+/g, `resp_${count++ % 3}`) };
    },
  },

  'leniency.chat-field': refuse('refuses unknown fields', chatPost, has('field_of_tomorrow')),
  'leniency.field': refuse('refuses unknown fields', responsePost, has('field_of_tomorrow')),
  'leniency.item-field': refuse('refuses unknown fields of items', responsePost, (body) =>
    asText(body).includes('internal_metadata'),
  ),
  'leniency.easy-message': refuse(
    'requires a type in every item',
    responsePost,
    ({ input }) => input[0].type === undefined,
  ),
  'leniency.assistant-text': refuse(
    'requires parts in messages of the assistant',
    responsePost,
    ({ input }) => typeof input[1]?.content === 'string',
  ),
  'leniency.empty-text': refuse('requires a format in text', responsePost, has('text')),
  'leniency.empty-lists': refuse('refuses empty lists', responsePost, has('include')),
  'leniency.nulls': refuse('refuses nulls', responsePost, (body) => Object.values(body).includes(null)),
  'leniency.replayed-reasoning': refuse('refuses reasoning items', responsePost, (body) =>
    asText(body).includes('reasoning'),
  ),
  'leniency.hosted-tool': refuse('refuses hosted tools', responsePost, (body) =>
    asText(body.tools).includes('web_search'),
  ),
  'leniency.codex': refuse('refuses include', responsePost, has('include')),
  'leniency.large': status('accepts at most 100 KB', responsePost, 413),
  'leniency.charset': refuse(
    'compares the media type as a text',
    chatPost,
    (_, { headers }) => headers['content-type'] !== 'application/json',
  ),
  'leniency.gzip': refuse(
    'parses gzip as JSON',
    chatPost,
    (_, { headers }) => headers['content-encoding'] !== undefined,
  ),
  'leniency.zstd': refuse(
    'parses zstd as JSON',
    chatPost,
    (_, { headers }) => headers['content-encoding'] !== undefined,
  ),
  'leniency.chat-cache-key': refuse('refuses prompt_cache_key', chatPost, has('prompt_cache_key')),

  'disconnects.chat': stuckAfterStream('hangs after a client disconnects from a stream', /^POST \/chat/),
  'disconnects.response': stuckAfterStream('hangs after a client disconnects from a stream', /^POST \/responses/),
  'disconnects.stored': json('leaves a response in progress', /^GET \/responses\/[^/?]+$/, (body) => {
    body.status = 'in_progress';
  }),
  'disconnects.plain': {
    does: 'hangs once a client has left',
    hooks: () => {
      let requests = 0;
      // The first four check that both keys are accepted. The next one is aborted, at times before it arrives here.
      return { ask: ({ method }) => (method === 'POST' && ++requests > 4 ? 'hang' : undefined) };
    },
  },

  'limits.large-body': hang('hangs on a large body', chatPost, ({ bytes }) => bytes.length > 1_000_000),
  'limits.deep-json': answer('overflows its stack', chatPost, (reply) => {
    if (reply.status === 400) reply.status = 500;
  }),
  'limits.metadata': ask('truncates metadata silently', responsePost, ({ body }) => {
    body.metadata = {};
    return undefined;
  }),
  'limits.parallel': {
    does: 'breaks at the fifth request',
    hooks: () => {
      let requests = 0;
      return {
        answer: (reply, { method }) => {
          if (method === 'POST' && ++requests > 4) reply.status = 500;
        },
      };
    },
  },

  'cors.preflight': status('requires a key for a preflight', /^OPTIONS /, 401),
  'cors.reply': header('omits CORS headers from replies', chatPost, 'access-control-allow-origin'),
  'cors.stream': header('omits CORS headers from streams', chatPost, 'access-control-allow-origin'),
  'cors.error': answer('omits CORS headers from errors', chatPost, ({ status, headers }) => {
    if (status >= 400) delete headers['access-control-allow-origin'];
  }),
};
