/** The answer of a hostile upstream to one request, made from the case's choices alone. */
import { mutateJson } from '../contract/mutate-json.ts';
import type { CaseRandom } from './case-random.ts';
import { strangers } from './values.ts';

export interface HostileAnswer {
  /** Interim answers before the final one. */
  interim: (100 | 102 | 103)[];
  status: number;
  headers: Record<string, string>;
  /** Written one after the other, each in a turn of its own. */
  pieces: Buffer[];
  /** How the answer ends. */
  ending: 'end' | 'destroy' | 'linger';
}

const words = ['stop', 'length', 'tool_calls', 'content_filter', 'function_call', 'eos', 'assistant', 'tool', 'text'];

export function makeHostileAnswer(random: CaseRandom, wantsStream: boolean): HostileAnswer {
  const interim = random.once(12) ? [random.pick([100, 102, 103] as const)] : [];
  if (random.once(8)) return { interim, ending: 'end', ...makeRefusal(random) };
  const isStream = random.once(12) ? !wantsStream : wantsStream;
  const ending = random.once(10) ? 'destroy' : random.once(15) ? 'linger' : 'end';
  const type = isStream ? 'text/event-stream' : 'application/json';
  const headers = { 'content-type': random.once(20) ? random.pick(['text/plain', 'text/html', '']) : type };
  const text = isStream
    ? writeStream(makeChunks(random), random)
    : JSON.stringify(mutateOften(makeCompletion(random), random));
  return {
    interim,
    status: random.once(40) ? random.pick([201, 204, 206, 299]) : 200,
    headers,
    pieces: cut(text, random),
    ending,
  };
}

const statuses = [
  300, 301, 400, 401, 402, 403, 404, 408, 409, 413, 418, 422, 429, 451, 499, 500, 501, 502, 503, 504, 520, 599, 999,
];

function makeRefusal(random: CaseRandom): Pick<HostileAnswer, 'status' | 'headers' | 'pieces'> {
  const bodies: unknown[] = [
    { error: { message: 'm', type: 't', param: 'p', code: 'c' } },
    { error: { message: 7, type: [], param: {}, code: 500 } },
    { error: 'a text' },
    { error: null },
    { error: ['a', { message: 'b' }] },
    { message: 'vLLM', object: 'error', code: 400 },
    { detail: [{ loc: ['body', 'x'], msg: 'FastAPI' }] },
    { error: { message: 'x'.repeat(100_000), code: 'x'.repeat(10_000), param: 'y'.repeat(10_000) } },
    { error: { message: '', code: '', type: '', param: '' } },
    { error: { message: 'maximum context length is 5 tokens', code: 'context_length_exceeded' } },
    { error: { message: 'm\u0000\ud800\u001b[31m', code: 'internal_errors', type: 'server_error' } },
    [],
    null,
    'text',
  ];
  const text = random.once(5)
    ? random.pick(['<h1>down</h1>', '', '{', '\u0000', 'data: {}\n\n'])
    : JSON.stringify(random.pick(bodies));
  const retryAfter = random.once(2)
    ? {
        'retry-after': random.pick([
          '0',
          '1e300',
          '-1',
          'NaN',
          'Wed, 21 Oct 2099 07:28:00 GMT',
          '0.01',
          '99999999999999999999',
          'x',
        ]),
      }
    : {};
  return {
    status: random.pick(statuses),
    headers: { 'content-type': random.pick(['application/json', 'text/html', 'text/event-stream']), ...retryAfter },
    pieces: [Buffer.from(text)],
  };
}

function makeChunks(random: CaseRandom): unknown[] {
  const choice = (delta: object, finish_reason: string | null = null) => ({
    id: 'chatcmpl-h',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: 'hostile',
    choices: [{ index: 0, delta, finish_reason, logprobs: random.once(4) ? makeLogprobs(random) : null }],
  });
  const chunks: unknown[] = [choice({ role: 'assistant', content: '' })];
  for (let count = random(6); count > 0; count--) chunks.push(choice(makeDelta(random)));
  if (!random.once(8)) {
    const usual = ['stop', 'stop', 'length', 'tool_calls', 'content_filter'];
    chunks.push(
      choice({}, random.once(6) ? random.pick(['eos', '', 'function_call', 'STOP', 'error']) : random.pick(usual)),
    );
  }
  if (random.once(2)) chunks.push({ ...choice({}), choices: [], usage: makeUsage(random) });
  if (random.once(12))
    chunks.splice(
      random(chunks.length + 1),
      0,
      random.pick([{ error: { message: 'm' } }, { error: 'x' }, { error: null }, { error: 5 }, {}, [], null, 7]),
    );
  if (random.once(12))
    chunks.splice(random(chunks.length + 1), 0, {
      ...choice({ content: 'x' }),
      choices: [
        { index: 1, delta: { content: 'y' } },
        { index: -1, delta: {} },
      ],
    });
  return chunks.map((chunk) => (random.once(8) ? mutateOften(chunk, random) : chunk));
}

function makeDelta(random: CaseRandom): object {
  const call = (fields: object) => ({ tool_calls: [{ index: random.pick([0, 0, 1, 5, -1, 1e9]), ...fields }] });
  switch (random(12)) {
    case 0:
      return { reasoning_content: 'thinking' };
    case 1:
      return { refusal: 'no' };
    case 2:
      return call({
        id: random.pick(['call_1', '', 'x'.repeat(2_000)]),
        type: 'function',
        function: { name: random.pick(['f', 'unknown', '', '__proto__']), arguments: '' },
      });
    case 3:
      return call({ function: { arguments: random.pick(['{"a":', '1}', 'null', '\ud800', '{"__proto__":1}']) } });
    case 4:
      return call({
        id: 'call_1',
        type: random.pick(['custom', 'function', 'x']),
        custom: { name: 'f', input: 'x' },
        function: { name: 'f', arguments: '{}' },
      });
    case 5:
      return { content: random.pick(['', '\u0000', '\ud800', '😀', 'x'.repeat(50_000), '\r\ndata: x\n\n']) };
    case 6:
      return { content: random.pick(strangers) };
    case 7:
      return { role: 'user', content: 'x', function_call: { name: 'f', arguments: '{}' } };
    case 8:
      return { content: [{ type: 'text', text: 'part' }], reasoning: 'r', annotations: [{}], audio: {} };
    default:
      return { content: 'word ' };
  }
}

function makeLogprobs(random: CaseRandom): unknown {
  const one = {
    token: 'word',
    logprob: -0.5,
    bytes: [119],
    top_logprobs: [{ token: 'word', logprob: -0.5, bytes: null }],
  };
  return random.once(2) ? { content: [one], refusal: null } : mutateOften({ content: [one], refusal: null }, random);
}

function makeUsage(random: CaseRandom): unknown {
  const usage = {
    prompt_tokens: 5,
    completion_tokens: 3,
    total_tokens: 8,
    prompt_tokens_details: { cached_tokens: 1 },
  };
  if (random.once(2)) return usage;
  const odd = random.pick([1e308, -1, 1.5, 2 ** 53, '7', null, {}]);
  return {
    ...usage,
    [random.pick(Object.keys(usage))]: odd,
    completion_tokens_details: random.pick([null, 5, { reasoning_tokens: odd }]),
  };
}

function makeCompletion(random: CaseRandom): unknown {
  return {
    id: 'chatcmpl-h',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: 'hostile',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'word', ...makeDelta(random) },
        finish_reason: 'stop',
        logprobs: random.once(4) ? makeLogprobs(random) : null,
      },
    ],
    usage: makeUsage(random),
  };
}

function mutateOften(value: unknown, random: CaseRandom): unknown {
  let changed = value;
  for (let count = random(3); count > 0; count--) changed = mutateJson(changed, random, words);
  return changed;
}

/** Server-sent events as some server or other writes them. */
function writeStream(chunks: unknown[], random: CaseRandom): string {
  const newline = random.once(6) ? random.pick(['\r\n', '\r']) : '\n';
  const colon = random.once(6) ? 'data:' : 'data: ';
  const events = chunks.map((chunk) => {
    const json = JSON.stringify(chunk) ?? '';
    const data = random.once(60) ? random.pick(['{', '', 'undefined', '[DONE', json.slice(1), `${json}${json}`]) : json;
    const before = random.once(15)
      ? random.pick([': ping', 'event: message', 'id: 7', 'retry: 1', 'nonsense', 'event: error']) + newline
      : '';
    return `${before}${colon}${data}${newline}${newline}`;
  });
  if (random.once(25)) events.unshift('\ufeff');
  if (random.once(25)) events.unshift(`: ${'c'.repeat(100)}${newline}`.repeat(2_000));
  if (random.once(300)) events.push(`data: "${'x'.repeat(9 * 1024 * 1024)}"${newline}${newline}`);
  const done = random.once(8)
    ? random.pick(['', `${colon}[DONE]`, 'data: [DONE]\n\ndata: {"choices":[]}\n\ndata: [DONE]\n\n'])
    : `${colon}[DONE]${newline}${newline}`;
  return events.join('') + done;
}

/** In pieces that end anywhere, at times with bytes that are no UTF-8. */
function cut(text: string, random: CaseRandom): Buffer[] {
  const bytes = Buffer.from(text);
  if (random.once(12) && bytes.length > 0) bytes[random(bytes.length)] = random.pick([0xff, 0xc3, 0x00, 0x80]);
  const pieces: Buffer[] = [];
  let at = 0;
  for (let count = random(5); count > 0 && at < bytes.length; count--) {
    const end = at + 1 + random(bytes.length - at);
    pieces.push(bytes.subarray(at, end));
    at = end;
  }
  return [...pieces, bytes.subarray(at)];
}
