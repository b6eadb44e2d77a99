import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AgentRequest } from '../../src/agent/agent-client.ts';
import { ApiError } from '../../src/errors/api-error.ts';
import type { Exchange } from '../../src/exchange.ts';
import { RuleBook } from '../../src/rules/rule-book.ts';
import type { Rule, RuleConditions, RuleSet } from '../../src/rules/rule-set.ts';

interface Parts extends Partial<AgentRequest> {
  text?: string;
  exchange?: Partial<Exchange>;
}

function toRequest({ text = 'Hello', exchange: _exchange, ...parts }: Parts): AgentRequest {
  return {
    messages: [{ role: 'user', content: [{ type: 'text', text }] }],
    tools: [],
    toolChoice: 'auto',
    settings: {},
    sessionId: 's',
    watched: false,
    ...parts,
  };
}

const toExchange = (parts: Partial<Exchange> = {}): Exchange => ({
  path: '/v1/responses',
  headers: {},
  isStream: false,
  disturb: () => undefined,
  ...parts,
});

function openBook(set: RuleSet): RuleBook {
  const sources = { recording: () => [] };
  return new RuleBook({ kind: 'replaced', set, sources }, { isStrict: false });
}

/** Returns `true` for a match, or why the rule does not match. */
function match(when: RuleConditions, parts: Parts): true | string[] {
  const { verdict } = openBook({ rules: [{ when, reply: { text: 'a' } }] }).match(
    toRequest(parts),
    toExchange(parts.exchange),
  );
  if (verdict.outcome === 'matched') return true;
  assert.equal(verdict.outcome, 'unmatched');
  return verdict.misses[0]?.reasons ?? [];
}

describe('a condition', () => {
  const tool = (name: string) => ({ name });
  const result: AgentRequest['messages'] = [
    { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
    { role: 'assistant', content: [], toolCalls: [{ callId: 'c', name: 'look', arguments: '{}' }] },
    { role: 'tool', callId: 'c', content: [{ type: 'text', text: 'found' }] },
  ];
  const cases: [when: RuleConditions, matching: Parts, other: Parts, reason: string][] = [
    [{ model: 'gpt-*' }, { model: 'gpt-5' }, { model: 'o3' }, 'The model is "o3"; expected "gpt-*".'],
    [{ model: 'gpt-?' }, { model: 'gpt-5' }, {}, 'The model is not named; expected "gpt-?".'],
    [
      { path: '/v1/responses' },
      {},
      { exchange: { path: '/v1/chat/completions' } },
      'The path is /v1/chat/completions, not /v1/responses.',
    ],
    [{ message: 'Hel*' }, {}, { text: 'Oh, Hello' }, 'The last user message is "Oh, Hello"; expected "Hel*".'],
    [{ message: 'a.c(' }, { text: 'a.c(' }, { text: 'abc(' }, 'The last user message is "abc("; expected "a.c(".'],
    [
      { message: '*two*' },
      { text: 'one\ntwo\nthree' },
      { text: 'x' },
      'The last user message is "x"; expected "*two*".',
    ],
    [
      { message: { text: '2 * 3' } },
      { text: '2 * 3' },
      { text: '2 and 3' },
      'The last user message is "2 and 3"; expected "2 * 3".',
    ],
    [
      { message: { contains: 'fund' } },
      { text: 'a refund!' },
      {},
      'The last user message is "Hello"; expected a text with "fund".',
    ],
    [
      { message: { regex: '(?i)^order (?<id>\\d+)' } },
      { text: 'ORDER 12' },
      {},
      'The last user message is "Hello"; expected a match of /(?i)^order (?<id>\\d+)/.',
    ],
    [{ instructions: '*' }, {}, {}, ''],
    [
      { instructions: { contains: 'short' } },
      { instructions: 'Be short.' },
      {},
      'The instructions are ""; expected a text with "short".',
    ],
    [
      { tools: ['get_*', 'mail'] },
      { tools: [tool('mail'), tool('get_weather')] },
      { tools: [tool('get_weather')] },
      'The tool "mail" is not offered; offered: get_weather.',
    ],
    [
      { headers: { 'X-Tenant': 'ac*' } },
      { exchange: { headers: { 'x-tenant': 'acme' } } },
      { exchange: { headers: { 'x-tenant': 'secret' } } },
      'The header X-Tenant has another value; expected "ac*".',
    ],
    [{ headers: { a: '*' } }, { exchange: { headers: { a: '' } } }, {}, 'The header a is missing; expected "*".'],
    [{ stream: true }, { exchange: { isStream: true } }, {}, 'The request does not ask for a stream.'],
    [{ stream: false }, {}, { exchange: { isStream: true } }, 'The request asks for a stream.'],
    [{ tool_results: true }, { messages: result }, {}, 'The request does not end with tool results.'],
    [{ tool_results: false }, {}, { messages: result }, 'The request ends with tool results.'],
    [
      { turn: 2 },
      { messages: [...(result.slice(0, 1) ?? []), ...result.slice(0, 1)] },
      {},
      'The conversation has 1 user message, not 2.',
    ],
  ];
  for (const [when, matching, other, reason] of cases) {
    test(`holds and explains itself: ${JSON.stringify(when)}`, () => {
      assert.equal(match(when, matching), true);
      if (reason !== '') assert.deepEqual(match(when, other), [reason]);
    });
  }

  test('is one of several, which must all hold', () => {
    const when: RuleConditions = { model: 'm', message: 'x', stream: true };
    assert.equal(match(when, { model: 'm', text: 'x', exchange: { isStream: true } }), true);
    assert.equal((match(when, { model: 'm' }) as string[]).length, 2);
  });

  test('takes time in proportion to the text, whatever the expression', () => {
    const started = performance.now();
    const text = `${'a'.repeat(100_000)}!`;
    assert.notEqual(match({ message: { regex: '^(a+)+$' } }, { text }), true);
    assert.notEqual(match({ message: `${'*a'.repeat(30)}b` }, { text }), true);
    assert.ok(performance.now() - started < 5_000);
  });
});

describe('the order of rules', () => {
  const rule = (name: string, parts: Partial<Rule> = {}): Rule => ({ name, reply: { text: name }, ...parts });
  const names = (set: RuleSet, count: number, parts: Parts = {}) => {
    const book = openBook(set);
    return Array.from({ length: count }, () => {
      const { verdict } = book.match(toRequest(parts), toExchange());
      return verdict.outcome === 'matched' ? verdict.name : verdict.outcome;
    });
  };

  test('is that of the list, and times hands over to the next', () => {
    const set = { rules: [rule('a', { times: 2 }), rule('b', { times: 1 })] };
    assert.deepEqual(names(set, 4), ['a', 'a', 'b', 'unmatched']);
  });

  test('call takes the nth of the requests that meet the other conditions', () => {
    const set = { rules: [rule('a', { when: { call: [2, 4] } }), rule('b')] };
    assert.deepEqual(names(set, 5), ['b', 'a', 'b', 'a', 'b']);
  });

  test('chance takes its share, in an order that only the seed decides', () => {
    const set = (seed: number) => ({ seed, rules: [rule('a', { chance: 0.3 }), rule('b')] });
    const first = names(set(1), 1000);
    assert.deepEqual(names(set(1), 1000), first);
    assert.notDeepEqual(names(set(2), 1000), first);
    const share = first.filter((name) => name === 'a').length / 1000;
    assert.ok(share > 0.25 && share < 0.35, `${share}`);
    assert.deepEqual(new Set(names({ rules: [rule('a', { chance: 0 }), rule('b')] }, 50)), new Set(['b']));
    assert.deepEqual(new Set(names({ rules: [rule('a', { chance: 1 }), rule('b')] }, 50)), new Set(['a']));
  });

  test('is counted, and explains what is used up', () => {
    const book = openBook({ rules: [rule('a', { times: 1 }), rule('b', { when: { call: 9 } })] });
    book.match(toRequest({}), toExchange());
    const { verdict } = book.match(toRequest({}), toExchange());
    assert.deepEqual(verdict.outcome === 'unmatched' && verdict.misses, [
      { rule: 0, name: 'a', reasons: ['It has matched 1 of 1 times.'] },
      { rule: 1, name: 'b', reasons: ['It is call 1 that meets the other conditions, not 9.'] },
    ]);
    assert.deepEqual(
      book.report('x').rules.map(({ name, matched }) => [name, matched]),
      [
        ['a', 1],
        ['b', 0],
      ],
    );
  });

  test('lists the models that the rules name', () => {
    assert.deepEqual(openBook({ rules: [] }).models, ['rules']);
    assert.deepEqual(
      openBook({ rules: [rule('a', { when: { model: 'x*' } }), rule('b', { when: { model: 'm' } })] }).models,
      ['m'],
    );
    assert.deepEqual(openBook({ rules: [], models: ['b', 'a'] }).models, ['b', 'a']);
  });
});

describe('an invalid rule', () => {
  const cases: [rule: Rule, message: string][] = [
    [
      { when: { message: { regex: '(?=x)' } }, reply: { text: '' } },
      "Invalid 'rules[0].when.message.regex': expected a regular expression in the syntax of RE2",
    ],
    [
      { reply: { text: '{{ mesage }}' } },
      "Invalid 'rules[0].reply.text': the template has the unknown variable 'mesage'",
    ],
    [{ reply: { json: { a: ['{% if %}'] } } }, "Invalid 'rules[0].reply.json.a[0]': expected a Liquid template"],
    [{ reply: { text: '{{ message | shout }}' } }, "Invalid 'rules[0].reply.text': expected a Liquid template"],
    [{ reply: {} }, "Invalid 'rules[0].reply': expected one of: reasoning, text, json, refusal, tool_calls, script"],
    [{ reply: { text: 'a', json: {} } }, "Invalid 'rules[0].reply.json': it cannot be combined with 'text'"],
    [{ reply: { text: 'a', body: 'b' } }, "Invalid 'rules[0].reply.body': it needs 'status' beside it"],
    [
      { reply: [{ text: 'a' }, { status: 503, text: 'b' }] },
      "Invalid 'rules[0].reply[1].text': it cannot be combined with 'status'",
    ],
    [
      { reply: { status: 200, headers: { 'bad name': 'x' } } },
      "Invalid 'rules[0].reply.headers.bad name': Header name must be a valid HTTP token",
    ],
    [
      { reply: { status: 200, headers: { 'x-a': 'b\r\nset-cookie: c' } } },
      "Invalid 'rules[0].reply.headers.x-a': Invalid character in header content",
    ],
    [
      { reply: { status: 200, headers: { 'Content-Length': '999' } } },
      "Invalid 'rules[0].reply.headers.Content-Length': the server sets this header",
    ],
    [
      { reply: { text: '{{ n }}'.repeat(140_000) } },
      "Invalid 'rules[0].reply.text': expected at most 2000 of {{ and {%, but got 140000",
    ],
    [{ reply: { recording: 'a', rate: 3 } }, "Invalid 'rules[0].reply.rate': it cannot be combined with 'recording'"],
    [
      { reply: { recording: 'a', exchange: 3 } },
      "Invalid 'rules[0].reply.exchange': the recording has no such answer; it has: none",
    ],
    [{ reply: { script: 'Hello' } }, "Invalid 'rules[0].reply.script': expected a directive"],
    [{ reply: { text: 'a', delay: '11m' } }, "Invalid 'rules[0].reply.delay': expected at most 10 minutes"],
    [
      { reply: { fault: { kind: 'reset', frame: 'x' } } },
      "Invalid 'rules[0].reply.fault.frame': it needs the kind 'malformed'",
    ],
    [
      { reply: { fault: { kind: 'no_done', after: 2 } } },
      "Invalid 'rules[0].reply.fault.after': the kind 'no_done' is always at the end",
    ],
  ];
  for (const [rule, message] of cases) {
    test(`is refused: ${message}`, () => {
      assert.throws(
        () => openBook({ rules: [rule] }),
        (error) =>
          error instanceof ApiError && error.message.startsWith(message) && message.includes(`'${error.param}'`),
      );
    });
  }

  test('is refused for a malformed directive, with its place', () => {
    assert.throws(() => openBook({ rules: [{ reply: { script: '/status 200' } }] }), {
      param: 'rules[0].reply.script',
    });
  });
});
