import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentHistory, AgentMessage } from '../../../src/agent/agent-client.ts';
import { readMessages } from '../../../src/agent/history/read-history.ts';
import { toFragment } from '../../../src/agent/history/to-fragment.ts';

type AnswerFields = Partial<Extract<AgentMessage, { role: 'assistant' }>>;

const text = (words: string) => [{ type: 'text' as const, text: words }];
const user = (words: string): AgentMessage => ({ role: 'user', content: text(words) });
const output = (callId: string, words = 'seen'): AgentMessage => ({ role: 'tool', callId, content: text(words) });
const answer = (words: string, fields: AnswerFields = {}): AgentMessage => ({
  role: 'assistant',
  content: words === '' ? [] : text(words),
  toolCalls: [],
  ...fields,
});
const calling = (...ids: string[]): AgentMessage => answer('', { toolCalls: ids.map((id) => call(id)) });
const call = (callId: string, words = '{}') => ({ callId, name: 'look', arguments: words });

const createHistory = (openCalls: string[] = [], messages = '{"id":"used"}'): AgentHistory => ({
  ...{ id: 'b', parentId: 'a', lastTurn: '', openCalls },
  messages: Buffer.from(messages),
});

describe('a fragment', () => {
  const turns: [name: string, messages: AgentMessage[], openCalls: string[]][] = [
    ['a question and its answer', [user('Hello?'), answer('Hello.', { reasoning: 'A greeting.' })], []],
    ['texts in parts', [{ role: 'user', content: [...text('a'), ...text('b')] }, answer('c')], []],
    ['a question without an answer', [user('Hello?')], []],
    ['calls that await their outputs', [user('Look.'), calling('one', 'two')], ['one', 'two']],
    ['calls with their outputs', [calling('one', 'two'), output('one'), output('two'), answer('Done.')], []],
    ['a call with a text, and an empty output', [answer('I look.', { toolCalls: [call('one')] }), output('one')], []],
    ['no message', [], []],
  ];
  for (const [name, messages, openCalls] of turns) {
    it(`holds ${name}`, () => {
      const fragment = toFragment(messages, undefined);
      assert.deepEqual(fragment?.openCalls, openCalls);
      assert.deepEqual(readMessages(fragment?.messages ?? ''), messages);
    });
  }

  it('begins with the outputs of the open calls before it, in the order of the calls', () => {
    const fragment = toFragment([output('two'), output('one'), user('And?')], createHistory(['one', 'two']));
    assert.deepEqual(readMessages(fragment?.messages ?? ''), [output('one'), output('two'), user('And?')]);
  });

  it('replaces half a surrogate pair, which upstreams refuse', () => {
    assert.equal(
      toFragment([user('\ud800 "\\ud800"')], undefined)?.messages,
      '{"role":"user","content":"\ufffd \\"\\\\ud800\\""}',
    );
  });

  const refused: [name: string, messages: AgentMessage[], history?: AgentHistory][] = [
    ['an image', [{ role: 'user', content: [{ type: 'image', url: 'https://example.com/a.png' }] }]],
    ['a name', [{ role: 'user', content: text('Hello?'), name: 'Ada' }]],
    ['a refusal', [answer('', { refusal: 'No.' })]],
    ['provider data', [answer('Yes.', { provider: { fields: { a: 1 } } })]],
    ['provider data of a call', [answer('', { toolCalls: [{ ...call('one'), provider: { fields: {} } }] })]],
    ['an answer without a text', [answer('', { reasoning: 'Hm.' })]],
    ['arguments that are no object', [answer('', { toolCalls: [call('one', '[1]')] })]],
    ['an id that two calls have', [calling('one', 'one')]],
    ['an id that the history has', [calling('used')], createHistory()],
    ['an answer behind another one', [answer('Yes.')], createHistory()],
    ['an output without a call', [output('one')]],
    ['a second output', [output('one'), output('one')], createHistory(['one'])],
    ['some of the outputs', [output('one')], createHistory(['one', 'two'])],
    ['a question before the outputs', [user('Well?'), output('one')], createHistory(['one'])],
    ['calls without outputs before a question', [calling('one'), user('Well?')]],
  ];
  for (const [name, messages, history] of refused) {
    it(`does not hold ${name}`, () => assert.equal(toFragment(messages, history), undefined));
  }
});
