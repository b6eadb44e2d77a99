import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type OpenSealed,
  openCompaction,
  openFor,
  readReasoning,
  sealCompaction,
} from '../../src/items/open-sealed.ts';
import { parseCompaction } from '../../src/items/parse-compaction.ts';
import { createSealer } from '../../src/seal/seal.ts';

const sealer = createSealer(Buffer.alloc(32, 1));
const compaction = (text: string) => ({
  encrypted_content: sealer.seal({ tenant: 'a', kind: 'compaction' }, text),
});
const reasoning = (text: string) => ({
  id: 'rs_1',
  type: 'reasoning',
  status: 'completed',
  summary: [],
  encrypted_content: sealer.seal({ tenant: 'a', kind: 'reasoning' }, text),
});
const refusal = { code: 'invalid_encrypted_content', status: 400, param: 'input[0].encrypted_content' };
const refuses = (text: string) =>
  assert.throws(() => openCompaction(compaction(text), openFor(sealer, 'a'), 'input[0]'), refusal);

const messages = [
  { role: 'user', content: [{ type: 'text', text: 'Hello.' }], name: 'Ann' },
  {
    role: 'user',
    content: [
      { type: 'image', url: 'https://a.example/b.png', detail: 'low' },
      { type: 'image', url: 'data:image/png;base64,AA==' },
      { type: 'file', filename: 'a.txt', data: 'AA==' },
      { type: 'file', url: 'https://a.example/a.pdf' },
    ],
  },
  { role: 'assistant', content: [], reasoning: 'Hm.', toolCalls: [{ callId: 'c', name: 'f', arguments: '{' }] },
  { role: 'tool', callId: 'c', content: [{ type: 'text', text: 'Done.' }] },
] as const;

describe('a compaction that is opened', () => {
  it('is what was sealed, with every kind of message and part', () => {
    const history = { summary: 'In short.', messages: structuredClone(messages) as never };
    const item = { encrypted_content: sealCompaction(sealer, 'a', history) };
    assert.deepEqual(openCompaction(item, openFor(sealer, 'a'), 'input[0]'), history);
  });

  for (const text of [
    '',
    'Hm.',
    'null',
    '[]',
    '{}',
    '{"summary":"x"}',
    '{"summary":1,"messages":[]}',
    '{"messages":[]}',
  ]) {
    it(`is refused when it is no history: ${JSON.stringify(text)}`, () => refuses(text));
  }

  const wrong: [name: string, message: unknown][] = [
    ['null', null],
    ['a text', 'Hello.'],
    ['an unknown role', { role: 'system', content: [] }],
    ['no content', { role: 'user' }],
    ['content that is a text', { role: 'user', content: 'Hello.' }],
    ['an unknown part', { role: 'user', content: [{ type: 'audio', text: 'x' }] }],
    ['a part without its text', { role: 'user', content: [{ type: 'text' }] }],
    ['an image of the machine', { role: 'user', content: [{ type: 'image', url: 'file:///etc/passwd' }] }],
    ['an image without a URL', { role: 'user', content: [{ type: 'image' }] }],
    ['a file of the machine', { role: 'user', content: [{ type: 'file', url: 'file:///etc/passwd' }] }],
    ['a name that is none', { role: 'user', content: [], name: {} }],
    ['an answer without its calls', { role: 'assistant', content: [] }],
    ['a call without arguments', { role: 'assistant', content: [], toolCalls: [{ callId: 'c', name: 'f' }] }],
    ['an output of no call', { role: 'tool', content: [] }],
  ];
  for (const [name, message] of wrong) {
    it(`is refused when it holds ${name}`, () => {
      refuses(JSON.stringify({ summary: 'x', messages: [messages[0], message] }));
    });
  }

  it('is read also when it is deep', () => {
    assert.equal(parseCompaction('['.repeat(100_000)), undefined);
    assert.equal(parseCompaction('['.repeat(5_000) + ']'.repeat(5_000)), undefined);
  });
});

describe('what one request unpacks', () => {
  it('is bounded in all, whichever kind it is', () => {
    const open: OpenSealed = openFor(sealer, 'a', 1000);
    assert.equal(readReasoning(reasoning('x'.repeat(600)), open, 'input[0]')?.length, 600);
    assert.throws(() => readReasoning(reasoning('x'.repeat(600)), open, 'input[0]'), refusal);
    assert.equal(readReasoning(reasoning('x'.repeat(400)), open, 'input[0]')?.length, 400);
    assert.throws(() => openCompaction(compaction('{}'), open, 'input[0]'), refusal);
  });

  it('counts bytes, not characters', () => {
    assert.throws(() => readReasoning(reasoning('€'.repeat(400)), openFor(sealer, 'a', 1000), 'input[0]'), refusal);
  });
});
