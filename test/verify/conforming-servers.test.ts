/** Other conforming servers: no audit may fail them. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';
import { selectAudits } from '../../src/verify/catalogue.ts';
import { createReplyCheck } from '../../src/verify/reply-check.ts';
import { verify } from '../../src/verify/verify.ts';
import type { TestServer } from '../helpers/talaria.ts';
import { key, otherKey, startTwoTenants } from './two-tenants.ts';
import { type Json, startVariant, type Variant } from './variant-server.ts';

const check = createReplyCheck(loadContract());

let server: TestServer;
before(async () => {
  server = await startTwoTenants();
});
after(() => server[Symbol.asyncDispose]());

/** Audits whose run may end too early on a busy machine. */
const timed = ['conversations', 'resume', 'idempotency', 'disconnects'];

interface Expected {
  only?: string[];
  /** Audits that rightly warn about this variant. */
  warns?: string[];
  inconclusive?: boolean;
}

async function expectNoFailure(variant: Variant, { only = [], warns = [], inconclusive = false }: Expected = {}) {
  await using other = await startVariant(server.url, variant);
  const settings = { url: new URL(other.url), key, otherKey, timeoutMs: 60_000 };
  const report = await verify(settings, { audits: selectAudits(only), check });
  const flagged = report.results
    .filter(({ id, outcome }) => !(outcome === 'warn' && warns.includes(id)))
    .filter(({ area, outcome }) => outcome !== 'pass' && !(outcome === 'unsupported' && area === 'websocket'))
    .filter(({ area, outcome }) => !(outcome === 'inconclusive' && (inconclusive || timed.includes(area))));
  assert.deepEqual(
    flagged.map(({ id, outcome, message }) => `${id} ${outcome}: ${message}`),
    [],
  );
  const found = report.results.filter(({ outcome }) => outcome === 'warn').map(({ id }) => id);
  if (!inconclusive) assert.deepEqual(found, warns);
  assert.ok(report.totals.pass > report.results.length / 2, JSON.stringify(report.totals));
}

/** Changes each event of a stream; data that is not JSON passes unchanged. */
const eachEvent = (change: (event: Json) => void) => () => (block: string) => {
  const data = /^data: (\{.*)$/m.exec(block)?.[1];
  if (data === undefined) return [block];
  const event = JSON.parse(data);
  change(event);
  return [block.replace(data, () => JSON.stringify(event))];
};

/** Values owned by the client, which a server must not change. */
const untouched = ['metadata', 'parameters', 'schema', 'logit_bias'];

/** Reverses the fields of all objects, and adds one. */
function toReversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(toReversed);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [
    name,
    untouched.includes(name) ? field : toReversed(field),
  ]);
  return Object.fromEntries([['x_vendor', { note: 'ours' }], ...fields.toReversed()]);
}

function replace(target: Json, source: Json): void {
  for (const name of Object.keys(target)) delete target[name];
  Object.assign(target, source);
}

const isResponse = (body: Json) => body.object === 'response';
const thought = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: null };

/** The events of a reasoning item. */
function toThinking(): Json[] {
  const at = { item_id: 'rs_1', output_index: 0, content_index: 0 };
  const part = (text: string) => ({ type: 'reasoning_text', text });
  const item = { ...thought, content: [] };
  return [
    { type: 'response.output_item.added', output_index: 0, item },
    { type: 'response.content_part.added', ...at, part: part('') },
    { type: 'response.reasoning_text.delta', ...at, delta: 'Hm.' },
    { type: 'response.reasoning_text.done', ...at, text: 'Hm.' },
    { type: 'acme:trace', note: 'an event of its own' },
    { type: 'response.content_part.done', ...at, part: part('Hm.') },
    { type: 'response.output_item.done', output_index: 0, item: { ...item, content: [part('Hm.')] } },
  ];
}

/** Inserts a reasoning item at the start of each response stream. */
function thinking() {
  let number = 0;
  const toBlock = (event: Json) =>
    `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: number++ })}`;
  return (block: string): string[] => {
    const data = /^data: (\{.*)$/m.exec(block)?.[1];
    if (data === undefined || !block.startsWith('event: ')) return [block];
    const event = JSON.parse(data);
    if (event.output_index !== undefined) event.output_index += 1;
    if (event.response?.output.length > 0) event.response.output.unshift(thought);
    const isFirst = event.type === 'response.output_item.added' && event.output_index === 1;
    return [...(isFirst ? toThinking() : []), event].map(toBlock);
  };
}

/** Maps ids to another shape and back. */
const shapes = [
  ['resp_', 'answer~'],
  ['msg_', 'M-'],
  ['chatcmpl-', 'C-'],
  ['conv_', 'talk:'],
] as const;
const toOwn = (text: string) =>
  shapes.reduce((left, [ours, own]) => left.replaceAll(new RegExp(`${ours}(?=[0-9a-f]{24})`, 'g'), own), text);
const fromOwn = (text: string) =>
  shapes.reduce((left, [ours, own]) => left.replaceAll(new RegExp(`${own}(?=[0-9a-f]{24})`, 'g'), ours), text);

function leaveOut(body: Json): void {
  if (body.object === 'chat.completion') {
    for (const name of ['usage', 'service_tier', 'system_fingerprint']) delete body[name];
    body.metadata ??= null;
  }
  for (const model of [body, ...(body.data ?? [])]) {
    if (model.object === 'model') for (const name of ['permission', 'root', 'parent']) delete model[name];
  }
  if (body.error?.param) body.error.param = null;
  for (const item of Array.isArray(body.output) ? body.output : []) {
    if (item.type === 'message') item.phase = null;
    if (item.type === 'compaction') delete item.status;
    if (item.call_id) item.id = item.call_id;
  }
}

const known = ['model', 'messages', 'input', 'stream', 'stream_options', 'store', 'metadata', 'tools', 'tool_choice'];
const moreKnown = ['max_completion_tokens', 'max_tokens', 'max_output_tokens', 'n', 'stop', 'instructions', 'text'];
const mostKnown = ['previous_response_id', 'conversation', 'background', 'include', 'temperature', 'top_p', 'items'];
const knownFields = new Set([
  ...known,
  ...moreKnown,
  ...mostKnown,
  'response_format',
  'user',
  'prompt_cache_key',
  'max_tool_calls',
]);

const refuse = (message: string) => ({
  status: 400,
  body: { error: { message, type: 'invalid_request_error', param: null, code: null } },
});

/** Requests that OpenAI's API is known to refuse. */
function refuseLikeOpenai({ method, path, body }: { method: string; path: string; body: Json }) {
  if (method !== 'POST' || typeof body !== 'object' || body === null || path.includes('/conversations'))
    return undefined;
  const unknown = Object.keys(body).find((name) => !knownFields.has(name));
  if (unknown !== undefined) return refuse(`Unknown parameter: '${unknown}'.`);
  if (body.tools === null) return refuse("Invalid type for 'tools': expected an array of objects, but got null.");
  if (body.messages && body.metadata && !body.store) return refuse('metadata is only allowed when store is enabled.');
  const text = JSON.stringify(body.input ?? '');
  if (/internal_metadata|rs_client_1/.test(text)) return refuse('Unknown parameter.');
  return undefined;
}

describe('passes a server that', { concurrency: 2 }, () => {
  test('writes its fields in another order, with some of its own', () =>
    expectNoFailure({
      body: (body) => replace(body, toReversed(body)),
      stream: eachEvent((event) => replace(event, toReversed(event))),
    }));

  test('frames its streams with CRLF, comments and no spaces, in small pieces', () =>
    expectNoFailure(
      {
        stream: () => (block) => [': ping', block.replaceAll(/^(data|event): /gm, '$1:')],
        ...{ newline: '\r\n', pieceBytes: 29 },
        headers: { 'content-type': 'Text/Event-Stream;charset=UTF-8', connection: 'close' },
      },
      { only: ['chat-stream', 'stream', 'stream-items'] },
    ));

  test('sends a chunk with an empty delta after the finish reason', () =>
    expectNoFailure(
      {
        stream: () => (block) => {
          const after = block
            .replace('"finish_reason":"stop"', '"finish_reason":null')
            .replace(/"delta":\{[^}]*\}/, '"delta":{}');
          return block.includes('"finish_reason":"stop"') ? [block, after] : [block];
        },
      },
      { only: ['chat-stream.finish', 'chat-stream.fold', 'chat-stream.choices'] },
    ));

  test('reasons before it answers, and sends its own events', () =>
    expectNoFailure(
      {
        body: (body) => {
          if (isResponse(body) && body.output?.length > 0) body.output.unshift(thought);
        },
        stream: thinking,
      },
      { only: ['responses', 'stream', 'stream-items', 'tools', 'chains', 'leniency'] },
    ));

  test('has ids of another shape and omits optional fields', () =>
    expectNoFailure(
      {
        ask: (request) => {
          request.text = fromOwn(request.text);
          request.path = fromOwn(decodeURIComponent(request.path));
          return undefined;
        },
        body: (body) => {
          leaveOut(body);
          replace(body, JSON.parse(toOwn(JSON.stringify(body))));
        },
        stream: () => (block) => [toOwn(block).replaceAll(/,"obfuscation":"[^"]*"/g, '')],
      },
      { warns: ['errors.nested'] },
    ));

  test('behaves like OpenAI', () =>
    expectNoFailure(
      {
        ask: refuseLikeOpenai,
        body: (body, request) => {
          if (body.object === 'chat.completion' && request.body?.tool_choice === 'required') {
            body.choices[0].finish_reason = 'stop';
          }
        },
        stream:
          ({ path }) =>
          (block) =>
            block === 'data: [DONE]' && path.includes('/responses') ? [] : [block],
      },
      {
        warns: [
          'stream.done',
          ...['leniency.chat-field', 'leniency.field', 'leniency.item-field', 'leniency.replayed-reasoning'],
          'leniency.codex',
        ],
      },
    ));

  test('limits the request rate', () => {
    let count = 0;
    const tooMany = { message: 'Slow down.', type: 'requests', param: null, code: 'rate_limit_exceeded' };
    return expectNoFailure(
      { ask: () => (++count % 9 === 0 ? { status: 429, body: { error: tooMany } } : undefined) },
      { inconclusive: true, only: ['chat', 'responses', 'stream', 'chains', 'errors', 'limits', 'leniency'] },
    );
  });
});

test('a gateway below a path, whose 404 quotes the path, has missing features reported as unsupported', async () => {
  await using gateway = await startVariant(server.url, {
    ask: (request) => {
      if (request.path.startsWith('/team/v1/chat/completions')) request.path = request.path.slice('/team'.length);
      else return { status: 404, body: { detail: `No route ${request.method} ${request.path}` } };
      return undefined;
    },
  });
  const settings = { url: new URL(`${gateway.url}/team`), key, model: 'offline', timeoutMs: 30_000 };
  const report = await verify(settings, { audits: selectAudits(['models', 'chat', 'responses', 'chains']), check });
  assert.deepEqual([report.totals.fail, report.totals.warn], [0, 0], JSON.stringify(report.totals));
  assert.ok(report.totals.pass > 10 && report.totals.unsupported > 20, JSON.stringify(report.totals));
});
