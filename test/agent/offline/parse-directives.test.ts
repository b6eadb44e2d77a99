import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDirectives } from '../../../src/agent/offline/parse-directives.ts';

describe('a script', () => {
  for (const text of ['', 'Say hello', 'a /say b', ' /say indented', '/unknown x', '/usr/bin', '//say x', '/Say x']) {
    test(`treats ${JSON.stringify(text)} as plain text`, () => {
      assert.equal(parseDirectives(text), undefined);
    });
  }

  test('ignores lines that are not directives', () => {
    assert.deepEqual(parseDirectives('Hello\r\n/say A\r\n\r\nand\n/say B'), [
      [
        { kind: 'say', text: 'A' },
        { kind: 'say', text: 'B' },
      ],
    ]);
  });

  test('starts the next step at /then', () => {
    assert.deepEqual(parseDirectives('/filter\n/then\n/then\n/say B'), [
      [{ kind: 'filter' }],
      [],
      [{ kind: 'say', text: 'B' }],
    ]);
  });
});

describe('directives', () => {
  const cases: [line: string, directive: object][] = [
    ['/say Hello  there.  ', { kind: 'say', text: 'Hello  there.' }],
    ['/say "two\\nlines"', { kind: 'say', text: 'two\nlines' }],
    ['/say ""', { kind: 'say', text: '' }],
    ['/say "quoted" word', { kind: 'say', text: '"quoted" word' }],
    ['/say {"a":1}', { kind: 'say', text: '{"a":1}' }],
    ['/reason Hm.', { kind: 'reason', text: 'Hm.' }],
    ['/refuse No.', { kind: 'refuse', text: 'No.' }],
    ['/tokens 3', { kind: 'tokens', count: 3, delayMs: 0 }],
    ['/tokens 3 delay 20ms', { kind: 'tokens', count: 3, delayMs: 20 }],
    ['/call f', { kind: 'call', name: 'f', arguments: '{}' }],
    ['/call ns.f-1 { "a": [1] }', { kind: 'call', name: 'ns.f-1', arguments: '{ "a": [1] }' }],
    ['/call f raw {"a":', { kind: 'call', name: 'f', arguments: '{"a":' }],
    ['/run f => done', { kind: 'run', name: 'f', arguments: '{}', result: 'done' }],
    ['/run f {"a":" => "} => x => y', { kind: 'run', name: 'f', arguments: '{"a":" => "}', result: 'x => y' }],
    ['/wait 5ms', { kind: 'wait', milliseconds: 5 }],
    ['/limit 5', { kind: 'limit', tokens: 5 }],
    ['/break after 5', { kind: 'break', tokens: 5 }],
    ['/status 500', { kind: 'status', status: 500 }],
    ['/status 429 retry-after 2', { kind: 'status', status: 429, retryAfter: 2 }],
    ['/filter', { kind: 'filter' }],
  ];
  for (const [line, directive] of cases) {
    test(`reads ${line}`, () => {
      assert.deepEqual(parseDirectives(line), [[directive]]);
    });
  }
});

describe('malformed directives', () => {
  const lines = [
    '/say',
    '/reason',
    '/refuse',
    '/tokens',
    '/tokens many',
    '/tokens 100001',
    '/tokens 5 delay 20',
    '/tokens 5 delay 60001ms',
    '/call',
    '/call f {"a":',
    '/call f [1]',
    '/call f raw',
    '/call f Paris',
    '/run f {"a":1}',
    '/run => x',
    '/wait 5',
    '/wait 60001ms',
    '/limit',
    '/limit -1',
    '/break after five',
    '/status 200',
    '/status 429 after 2',
    '/filter now',
  ];
  for (const line of lines) {
    const kind = /^\/[a-z]+/.exec(line)?.[0];
    test(`refuses ${line} and shows a valid line`, () => {
      assert.throws(() => parseDirectives(`/say ok\n${line}`), {
        code: 'invalid_value',
        status: 400,
        message: new RegExp(`Invalid directive ${kind} for the offline agent\\. Expected a line like: ${kind}`),
      });
    });
  }

  test('shows lines that are valid', () => {
    for (const line of lines) {
      assert.throws(
        () => parseDirectives(line),
        (error) => {
          assert.ok(error instanceof Error);
          const [, form = ''] = error.message.split('Expected a line like: ');
          assert.equal(parseDirectives(form)?.[0]?.length, 1);
          return true;
        },
      );
    }
  });

  test('parses a line of a million arrows quickly (quadratic parsing)', () => {
    const before = performance.now();
    assert.throws(() => parseDirectives(`/run f {"a":"${' => '.repeat(250_000)}`), { code: 'invalid_value' });
    assert.ok(performance.now() - before < 5000);
  });
});
