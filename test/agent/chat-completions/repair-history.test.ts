import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AgentMessage } from '../../../src/agent/agent-client.ts';
import { repairHistory } from '../../../src/agent/chat-completions/repair-history.ts';

const text = (value: string) => [{ type: 'text' as const, text: value }];
const user = (value: string): AgentMessage => ({ role: 'user', content: text(value) });
const tool = (callId: string, value: string): AgentMessage => ({ role: 'tool', callId, content: text(value) });

type Answer = Partial<Extract<AgentMessage, { role: 'assistant' }>>;
const assistant = (value: string, fields: Answer = {}): AgentMessage => ({
  role: 'assistant',
  content: value === '' ? [] : text(value),
  toolCalls: [],
  ...fields,
});
const calls = (...ids: string[]): AgentMessage =>
  assistant('', { toolCalls: ids.map((callId) => ({ callId, name: 'f', arguments: '{}' })) });

/** Returns one line for each message: `user hi`, `assistant [c1 c2] text`, `tool c1 output`. */
function repair(...messages: AgentMessage[]): string[] {
  return repairHistory(messages).map((message) => {
    const value = message.content.map((part) => (part.type === 'text' ? part.text : part.type)).join('');
    if (message.role === 'tool') return `tool ${message.callId} ${value}`.trim();
    const ids = message.role === 'assistant' ? message.toolCalls.map(({ callId }) => callId) : [];
    return `${message.role}${ids.length > 0 ? ` [${ids.join(' ')}]` : ''} ${value}`.trim();
  });
}

const missing = 'No output was recorded for this call.';

suite('a history for chat upstreams', () => {
  test('stays as it is when it is in order', () => {
    const messages = [user('a'), calls('c1', 'c2'), tool('c1', '1'), tool('c2', '2'), assistant('b'), user('c')];
    assert.deepEqual(repairHistory(messages), messages);
  });

  const cases: [name: string, messages: AgentMessage[], expected: string[]][] = [
    [
      'moves an output behind its call',
      [user('a'), calls('c1'), user('hurry'), tool('c1', '18')],
      ['user a', 'assistant [c1]', 'tool c1 18', 'user hurry'],
    ],
    [
      'puts the outputs of parallel calls in the order of the calls',
      [user('a'), calls('c1', 'c2'), tool('c2', '2'), user('b'), tool('c1', '1')],
      ['user a', 'assistant [c1 c2]', 'tool c1 1', 'tool c2 2', 'user b'],
    ],
    [
      'keeps calls apart that were made one after the other',
      [calls('c1'), tool('c1', '1'), calls('c2'), tool('c2', '2')],
      ['assistant [c1]', 'tool c1 1', 'assistant [c2]', 'tool c2 2'],
    ],
    [
      'joins the calls of consecutive answers, whose outputs follow together',
      [calls('c1'), calls('c2'), tool('c1', '1'), tool('c2', '2')],
      ['assistant [c1 c2]', 'tool c1 1', 'tool c2 2'],
    ],
    [
      'stands in for the output of a call that has none',
      [user('a'), calls('c1', 'c2'), tool('c2', '2'), user('go on')],
      ['user a', 'assistant [c1 c2]', `tool c1 ${missing}`, 'tool c2 2', 'user go on'],
    ],
    ['stands in at the end too', [calls('c1')], ['assistant [c1]', `tool c1 ${missing}`]],
    [
      'sends an output without its call as a message of the user, an empty one not at all',
      [tool('c0', 'lost'), { role: 'tool', callId: 'c9', content: [] }, user('a')],
      ['user lost', 'user a'],
    ],
    [
      'pairs an output that comes before its call',
      [user('a'), tool('c1', '1'), calls('c1'), user('b')],
      ['user a', 'assistant [c1]', 'tool c1 1', 'user b'],
    ],
    [
      'keeps the last of several outputs',
      [calls('c1'), tool('c1', '1'), tool('c1', '2')],
      ['assistant [c1]', 'tool c1 2'],
    ],
    [
      'makes ids unique that several turns use',
      [calls('f'), tool('f', '1'), user('a'), calls('f'), tool('f', '2'), calls('f_2'), tool('f_2', '3')],
      ['assistant [f]', 'tool f 1', 'user a', 'assistant [f_2]', 'tool f_2 2', 'assistant [f_2_2]', 'tool f_2_2 3'],
    ],
    [
      'tells equal ids of one answer apart by their order',
      [calls('f', 'f'), tool('f', '1'), tool('f', '2')],
      ['assistant [f f_2]', 'tool f 1', 'tool f_2 2'],
    ],
    [
      'gives the output to the latest call of its id',
      [calls('f'), user('a'), calls('f'), tool('f', '2')],
      ['assistant [f]', `tool f ${missing}`, 'user a', 'assistant [f_2]', 'tool f_2 2'],
    ],
    ['joins consecutive answers', [user('a'), assistant('b'), assistant('c')], ['user a', 'assistant b\nc']],
    [
      'drops empty answers, and those with thoughts alone',
      [user('a'), assistant(''), assistant('', { reasoning: 'hm' }), assistant('', { content: text('') }), user('b')],
      ['user a', 'user b'],
    ],
    ['keeps a refusal', [user('a'), assistant('', { refusal: 'No.' })], ['user a', 'assistant']],
    ['is empty for no messages', [], []],
  ];
  for (const [name, messages, expected] of cases) {
    test(name, () => {
      const before = structuredClone(messages);
      assert.deepEqual(repair(...messages), expected);
      assert.deepEqual(messages, before, 'the history itself is unchanged');
    });
  }

  test('joins the thoughts of consecutive answers', () => {
    const [joined] = repairHistory([assistant('a', { reasoning: 'x' }), assistant('b', { reasoning: 'y' })]);
    assert.ok(joined?.role === 'assistant');
    assert.equal(joined.reasoning, 'x\ny');
  });

  const texts: [sent: string, expected: string][] = [
    ['{"a":1}', '{"a":1}'],
    [' {"big":9007199254740993} ', ' {"big":9007199254740993} '],
    ['', '{}'],
    [' ', '{}'],
    ['null', '{}'],
    ['{"city": ', '{"input":"{\\"city\\": "}'],
    ['{}{"a":1}', '{"input":"{}{\\"a\\":1}"}'],
    ['Paris', '{"input":"Paris"}'],
    ['[]', '{"input":[]}'],
    ['9007199254740993', '{"input":9007199254740993}'],
    ['"Paris"', '{"input":"Paris"}'],
    ['"{\\"a\\":1}"', '{"a":1}'],
  ];
  for (const [sent, expected] of texts) {
    test(`sends the arguments ${JSON.stringify(sent)} as ${expected}`, () => {
      const toolCalls = [{ callId: 'c1', name: 'f', arguments: sent }];
      const [message] = repairHistory([assistant('', { toolCalls })]);
      assert.ok(message?.role === 'assistant');
      assert.equal(message.toolCalls[0]?.arguments, expected);
    });
  }
});
