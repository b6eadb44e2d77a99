import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentEvent } from '../../../src/agent/agent-client.ts';
import { ChatStreamReader } from '../../../src/agent/chat-completions/read-chat-stream.ts';
import { TextTemplate } from '../../../src/agent/chat-completions/text-template.ts';
import { LearnedFields } from '../../../src/agent/upstream/learned-fields.ts';
import { createSseDecoder } from '../../../src/sse/decode-sse.ts';
import { createRandom, type Random } from '../../helpers/random.ts';

const chunk = (content: string, rest: object = {}) =>
  JSON.stringify({ id: 'c', model: 'm', choices: [{ index: 0, delta: { content }, finish_reason: null }], ...rest });

describe('the template of chunks', () => {
  it('reads a chunk like the one that it learned, and no other', () => {
    const template = new TextTemplate();
    assert.equal(template.read(chunk('two')), undefined);
    template.learn(chunk('one'), 'one');
    assert.equal(template.read(chunk('zwölf 🦉')), 'zwölf 🦉');
    for (const text of ['', 'a "b"', 'a\\b', 'a\nb', '\u0000']) assert.equal(template.read(chunk(text)), undefined);
    // A tab must be escaped in JSON: the parser complains about it.
    assert.equal(template.read(chunk('ab').replace('ab', 'a\tb')), undefined);
    assert.equal(template.read(chunk('two', { usage: {} })), undefined);
    assert.equal(template.read(chunk('two').replace('"id":"c"', '"id":"d"')), undefined);
    template.forget();
    assert.equal(template.read(chunk('two')), undefined);
  });

  it('does not learn where the place of the text is uncertain', () => {
    const template = new TextTemplate();
    for (const text of [chunk('m'), chunk('one', { note: 'one' }), chunk('on\\u0065').replace('\\\\', '\\')]) {
      template.learn(text, text.includes('"m"}') ? 'm' : 'one');
      assert.equal(template.read(text.replace(/"content":"[^"]*"/, '"content":"two"')), undefined);
    }
  });
});

const texts = [
  'token',
  ' token',
  'a',
  'm',
  'c',
  'stop',
  'grüße',
  '🦉',
  '"quoted"',
  'a\\b',
  '\n',
  '',
  'x'.repeat(50),
  '</think>',
];
const members = [
  {},
  {},
  {},
  { usage: null },
  { usage: { prompt_tokens: 1, completion_tokens: 2 } },
  { citations: ['https://a.example'] },
  { id: 'other' },
];
const deltas = [
  {},
  {},
  {},
  {},
  { role: 'assistant' },
  { reasoning_content: null },
  { reasoning_content: 'hm' },
  { refusal: null, tool_calls: null },
  { refusal: 'no' },
  { annotations: [{ type: 'url_citation', url_citation: { url: 'https://a.example' } }] },
  { thinking_blocks: [{ type: 'thinking', thinking: 'hm' }] },
  { reasoning_details: [{ type: 'reasoning.text', text: 'hm', index: 0 }] },
  { tool_calls: [{ index: 0, id: 'call_1', function: { name: 'f', arguments: '{}' } }] },
];
const choices = [{}, {}, {}, { logprobs: null }, { logprobs: { content: [{ token: 'a', logprob: -1, bytes: null }] } }];

/** Mostly the same as the one before, as upstreams send them. */
function createChunks(random: Random, count: number): object[] {
  const pick = <Item>(list: readonly Item[]): Item => list[random(list.length)] as Item;
  let [member, delta, choice]: object[] = [{}, {}, {}];
  return Array.from({ length: count }, () => {
    if (random(5) === 0) [member, delta, choice] = [pick(members), pick(deltas), pick(choices)];
    const content = random(10) === 0 ? {} : { content: pick(texts) };
    const reason = random(100) === 0 ? 'stop' : null;
    const message = { index: 0, delta: { ...content, ...delta }, finish_reason: reason, ...choice };
    return { id: 'c', model: 'm', choices: [message], ...member };
  });
}

function readWith(reader: ChatStreamReader, data: string): AgentEvent[] | string {
  try {
    return reader.read(data, undefined);
  } catch (error) {
    return String(error);
  }
}

/** Cuts bytes anywhere, also within characters. */
function* cut(bytes: Buffer, random: Random): Generator<Buffer> {
  for (let start = 0; start < bytes.length; ) {
    const end = start + 1 + random(400);
    yield bytes.subarray(start, end);
    start = end;
  }
}

it('100,000 chunks, cut anywhere, are read as the parser alone reads them', () => {
  const random = createRandom(15);
  for (let answer = 0; answer < 500; answer++) {
    const chunks = createChunks(random, 200);
    const learned = new LearnedFields();
    const [reader, parser] = [
      new ChatStreamReader({ agent: 'a', learned }),
      new ChatStreamReader({ agent: 'a', learned }),
    ];
    // A member that differs in each chunk, and means nothing, fits no template.
    const expected = chunks.map((value, unique) => readWith(parser, JSON.stringify({ ...value, unique })));
    const actual: (AgentEvent[] | string)[] = [];
    const onEvent = (data: string) => void actual.push(readWith(reader, data));
    const decoder = createSseDecoder({ maxEventBytes: 100_000, onEvent });
    const stream = Buffer.from(chunks.map((value) => `data: ${JSON.stringify(value)}\n\n`).join(''));
    for (const bytes of cut(stream, random)) decoder.feed(bytes);
    assert.deepEqual(toComparable(actual), toComparable(expected));
    assert.deepEqual([reader.activity, reader.stage], [parser.activity, parser.stage]);
    assert.deepEqual(toComparable([endOf(reader)]), toComparable([endOf(parser)]));
  }
});

function endOf(reader: ChatStreamReader): AgentEvent[] | string {
  try {
    return reader.end();
  } catch (error) {
    return String(error);
  }
}

/** Ids that the reader makes differ. */
const toComparable = (reads: readonly (AgentEvent[] | string)[]): unknown =>
  JSON.parse(JSON.stringify(reads).replaceAll(/"call_[\w-]+"/g, '"call"'));
