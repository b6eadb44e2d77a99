import {
  accept,
  answer,
  ask,
  type Breakages,
  blocks,
  events,
  eventsOf,
  header,
  ignore,
  json,
  pretend,
  refuse,
  responsePost,
  without,
} from '../breakage.ts';

const done = 'response.output_item.done';
const added = 'response.output_item.added';
const completed = 'response.completed';

export const responseBreakages: Breakages = {
  'responses.shape': json('omits a null error', responsePost, (body) => delete body.error),
  'responses.content-type': header('sends text/plain', responsePost, 'content-type', 'text/plain'),
  'responses.text': json('never completes', responsePost, (body) => {
    body.status = 'in_progress';
  }),
  'responses.annotations': json('sends null annotations', responsePost, (body) => {
    body.output[0].content[0].annotations = null;
  }),
  'responses.items': json('omits the ids of items', responsePost, (body) => {
    body.output[0].id = '';
  }),
  'responses.usage': json('counts one token too many', responsePost, (body) => {
    body.usage.total_tokens += 1;
  }),
  'responses.echo': ignore('forgets the metadata', responsePost, 'metadata'),
  'responses.incomplete': json('reports a truncated response as completed', responsePost, (body) => {
    body.status = 'completed';
  }),
  'responses.incomplete-item': json('reports a truncated item as completed', responsePost, (body) => {
    body.output.at(-1).status = 'completed';
  }),
  'responses.input-list': refuse(
    'accepts only strings as input',
    responsePost,
    (body) => typeof body.input !== 'string',
  ),
  'responses.model': json('omits the model', responsePost, (body) => {
    body.model = '';
  }),
  'responses.input-tokens': json('counts no tokens', /^POST \/responses\/input_tokens$/, (body) => {
    body.input_tokens = 0;
  }),
  'responses.compact': json('returns no compaction item', /^POST \/responses\/compact$/, (body) => {
    body.output = [];
  }),

  'open-responses.response': json('omits a null field', responsePost, (body) => delete body.completed_at),
  'open-responses.events': eventsOf(
    'omits a field of the response',
    completed,
    (event) => delete event.response.background,
  ),
  'open-responses.compaction': json('omits the details of the usage', /^POST \/responses\/compact$/, (body) => {
    delete body.usage.input_tokens_details;
  }),

  'stream.content-type': header('sends application/json', responsePost, 'content-type', 'application/json'),
  'stream.shape': eventsOf('omits item_id in deltas', 'response.output_text.delta', (event) => delete event.item_id),
  'stream.known-types': blocks('sends an unprefixed unknown event', responsePost, (all) =>
    all.toSpliced(2, 0, 'event: response.progress\ndata: {"type":"response.progress","percent":50}'),
  ),
  'stream.event-field': blocks('omits the event fields', responsePost, (all) =>
    all.map((block) => block.replace(/^event: .*\n/, '')),
  ),
  'stream.done': blocks('omits [DONE]', responsePost, (all) => all.filter((block) => !block.includes('[DONE]'))),
  'stream.no-id-field': blocks('writes id fields', responsePost, (all) =>
    all.map((block, index) => `id: ${index}\n${block}`),
  ),
  'stream.sequence': events('counts from 1', responsePost, (event) => ({
    ...event,
    sequence_number: event.sequence_number + 1,
  })),
  'stream.created': without('response.created'),
  'stream.in-progress': without('response.in_progress'),
  'stream.one-terminal': without(completed),
  'stream.identity': eventsOf('ends with another response', completed, ({ response }) => {
    response.id = 'resp_other';
  }),
  'stream.final-output': eventsOf('ends with an empty output', completed, ({ response }) => {
    response.output = [];
  }),
  'stream.fold': eventsOf('ends without the settings', completed, ({ response }) => delete response.text),
  'stream.incomplete': eventsOf('ends a truncated response with response.completed', 'response.incomplete', (event) => {
    event.type = completed;
  }),
  'stream.failed': without('response.failed'),
  'stream.refusal': answer('sends errors in a stream with status 200', responsePost, (reply) => {
    Object.assign(reply, {
      status: 200,
      headers: { 'content-type': 'text/event-stream' },
      text: `data: ${reply.text}\n\n`,
    });
  }),
  'stream.message-status': eventsOf('adds items that are completed', added, ({ item }) => {
    item.status = 'completed';
  }),

  'stream-items.order': blocks('adds an item after its first delta', responsePost, (all) => {
    const index = all.findIndex((block) => block.includes(added));
    return all.toSpliced(index, 1).toSpliced(index + 2, 0, all[index] ?? '');
  }),
  'stream-items.indexes': eventsOf('numbers items from 1', 'response.output_text.delta', (event) => {
    event.output_index = 1;
  }),
  'stream-items.ids': eventsOf("changes an item's id in output_item.done", done, ({ item }) => {
    item.id = 'msg_other';
  }),
  'stream-items.parts': without('response.content_part.added'),
  'stream-items.text': events('loses a delta', responsePost, (event) => (event.delta === ' brown' ? undefined : event)),
  'stream-items.message': eventsOf('adds a message without content', added, ({ item }) => delete item.content),
  'stream-items.call': eventsOf('adds a call without call_id', added, ({ item }) => delete item.call_id),
  'stream-items.call-arguments': eventsOf(
    'ends with arguments cut short',
    'response.function_call_arguments.done',
    (event) => {
      event.arguments = '{}';
    },
  ),
  'stream-items.call-done': eventsOf('omits the status of a finished call', done, ({ item }) => delete item.status),

  'tools.call': json('returns the arguments as an object', responsePost, (body) => {
    for (const item of body.output) if (item.arguments) item.arguments = JSON.parse(item.arguments);
  }),
  'tools.required': ignore('ignores tool_choice', responsePost, 'tool_choice'),
  'tools.named': json('calls another function', responsePost, (body) => {
    for (const item of body.output) item.name = 'get_weather';
  }),
  'tools.none': ask('treats "required" as "none"', responsePost, ({ body }) => {
    body.tool_choice = 'required';
    return undefined;
  }),
  'tools.allowed': ignore('ignores the allowed tools', responsePost, 'tool_choice'),
  'tools.continue': refuse('refuses function outputs', responsePost, hasOutput),
  'tools.replay': refuse('refuses function calls as input', responsePost, hasOutput),
  'tools.parallel': json('gives all calls one call_id', responsePost, (body) => {
    for (const item of body.output) if (item.call_id) item.call_id = 'call_1';
  }),
  'tools.parts-output': refuse('accepts only strings as outputs', responsePost, hasOutput),
  'tools.unknown-call': accept('accepts any output', responsePost),
  'tools.echo': json('reports tools without strict', responsePost, (body) => delete body.tools[0].strict),
  'tools.custom': eventsOf('turns custom calls into function calls', completed, ({ response }) => {
    for (const item of response.output) item.type = 'function_call';
  }),
  'tools.schema-answer': ignore('ignores text.format', responsePost, 'text'),
  'tools.schema-stream': ignore('ignores text.format', responsePost, 'text'),

  'chains.retrieve': json('returns a response without its output', /^GET \/responses\/[^/]+$/, (body) => {
    body.output = [];
  }),
  'chains.follow': {
    does: 'loses the history',
    hooks: () => ({
      ask: ({ body }) => {
        if (body?.previous_response_id) body.metadata = { parent: body.previous_response_id };
        delete body?.previous_response_id;
        return undefined;
      },
      answer: (reply) => {
        const body = JSON.parse(reply.text);
        if (body.metadata?.parent) body.previous_response_id = body.metadata.parent;
        reply.text = JSON.stringify(body);
      },
    }),
  },
  'chains.fork': {
    does: 'lets a response be continued once',
    hooks: () => {
      const continued = new Set<string>();
      return {
        ask: ({ body }) => {
          const id = body?.previous_response_id;
          if (id === undefined) return undefined;
          if (continued.has(id)) body.previous_response_id = 'resp_gone';
          continued.add(id);
          return undefined;
        },
      };
    },
  },
  'chains.read-your-write': ask('stores a stream after its terminal event', responsePost, ({ body }) => {
    if (body.stream) body.store = false;
    return undefined;
  }),
  'chains.instructions': json('keeps the first instructions', responsePost, (body) => {
    body.instructions = 'Be brief.';
  }),
  'chains.unknown': ignore('ignores previous_response_id', responsePost, 'previous_response_id'),
  'chains.not-stored': {
    does: 'stores everything, but reports store: false',
    hooks: () => ({
      ask: ({ body }) => {
        if (body) body.store = true;
        return undefined;
      },
      answer: (reply) => {
        reply.text = reply.text.replace('"store":true', '"store":false');
      },
    }),
  },
  'chains.delete': pretend('reports a deletion without deleting', /^DELETE /, ({ path }) => ({
    id: path.split('/').at(-1),
    object: 'response',
    deleted: true,
  })),
  'chains.delete-parent': {
    does: 'loses a chain with its first response',
    hooks: () => {
      let gone = false;
      return {
        ask: ({ method, body }) => {
          gone ||= method === 'DELETE';
          if (gone && body?.previous_response_id) body.previous_response_id = 'resp_gone';
          return undefined;
        },
      };
    },
  },
  'chains.input-items': json('lists the input oldest first', /\/input_items$/, (body) => body.data.reverse()),
  'chains.input-pages': json('always sends has_more: false', /\/input_items\?/, (body) => {
    body.has_more = false;
  }),
  'chains.reference': refuse('refuses item_reference', responsePost, (body) =>
    JSON.stringify(body.input).includes('item_reference'),
  ),
};

function hasOutput({ input }: { input: { type?: string; output?: unknown }[] }): boolean {
  return Array.isArray(input) && input.some(({ type }) => type === 'function_call_output');
}
