import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Area } from '../../src/verify/audit.ts';
import { Failure } from '../../src/verify/outcomes.ts';
import { createRedactor } from '../../src/verify/redact.ts';
import { countOutcomes, type Report, type Result } from '../../src/verify/report/report.ts';
import { toEvidence } from '../../src/verify/report/to-evidence.ts';
import { toJunit } from '../../src/verify/report/to-junit.ts';
import { toText } from '../../src/verify/report/to-text.ts';

const areas: Area[] = [
  { name: 'chat', title: 'Chat completions', audits: [] },
  { name: 'cors', title: 'Browsers', audits: [] },
  { name: 'tenancy', title: 'Tenants', audits: [] },
];

const toResult = (fields: Partial<Result> & Pick<Result, 'id' | 'outcome'>): Result => ({
  area: fields.id.split('.', 1)[0] ?? '',
  title: 'does as it should',
  level: 'MUST',
  clause: 'a clause',
  notes: [],
  milliseconds: 5,
  ...fields,
});

const evidence = {
  request: 'POST /v1/chat/completions',
  sent: '{"model":"m"}',
  status: 200,
  received: '{"a":\n"<b>"}',
  path: 'choices[0].index',
};
const results = [
  toResult({ id: 'chat.one', outcome: 'pass', notes: ['worth knowing'] }),
  toResult({ id: 'chat.three', outcome: 'fail', message: 'choices[0].index is missing', evidence }),
  toResult({ id: 'cors.reply', outcome: 'warn', level: 'SHOULD', message: 'no header' }),
  toResult({ id: 'cors.error', outcome: 'inconclusive', message: 'the model said "no"' }),
  toResult({ id: 'tenancy.a', outcome: 'skipped', message: 'no --other-key was given' }),
  toResult({ id: 'tenancy.b', outcome: 'skipped', message: 'no --other-key was given' }),
];
const report: Report = {
  version: 1,
  url: 'http://127.0.0.1:1/v1',
  model: 'm',
  contract: 'openai',
  startedAt: '2026-01-01T00:00:00.000Z',
  milliseconds: 1500,
  totals: countOutcomes(results),
  results,
};

test('the text groups by area, folds uniform areas into one line, and ends with evidence and totals', () => {
  assert.equal(
    toText(report, { areas, color: false }),
    `http://127.0.0.1:1/v1 (model m, contract openai)

Chat completions
  ✓ pass          chat.one    MUST    does as it should
      note: worth knowing
  ✗ fail          chat.three  MUST    does as it should

Browsers
  ! warn          cors.reply  SHOULD  does as it should
  ? inconclusive  cors.error  MUST    does as it should
      the model said "no"

Tenants
  - skipped       all 2: no --other-key was given

What failed

  chat.three (MUST): does as it should
    choices[0].index is missing
    clause    a clause
    request   POST /v1/chat/completions
    sent      {"model":"m"}
    status    200
    path      choices[0].index
    received  {"a":
              "<b>"}

  cors.reply (SHOULD): does as it should
    no header
    clause    a clause

6 audits in 1.5 s: 1 pass, 1 fail, 1 warn, 1 inconclusive, 2 skipped
`,
  );
});

test('text and JUnit show every violation', () => {
  const violations = ['id is missing', 'model is missing'].map((message) => ({
    path: message.split(' ', 1)[0] ?? '',
    message,
  }));
  const result = toResult({ id: 'chat.one', outcome: 'fail', message: 'id is missing', violations });
  assert.match(
    toText({ ...report, results: [result] }, { areas, color: false }),
    /chat\.one \(MUST\): does as it should\n {4}id is missing\n {4}model is missing\n {4}clause/,
  );
  assert.match(
    toJunit({ ...report, results: [result] }),
    /<failure message="id is missing">clause: a clause\nviolation: id is missing\nviolation: model is missing<\/failure>/,
  );
});

test('colours appear on request and change nothing else', () => {
  const colored = toText(report, { areas, color: true });
  assert.ok(colored.includes('\u001b[31m✗ fail'));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of colours are control characters
  assert.equal(colored.replaceAll(/\u001b\[\d+m/g, ''), toText(report, { areas, color: false }));
});

test('server text cannot drive the terminal', () => {
  const said = { ...evidence, received: '\u001b[2J\u009b1A\r{}\n\tnext' };
  const result = toResult({ id: 'chat.one', outcome: 'fail', message: 'it is \u001b[31mred', evidence: said });
  const text = toText({ ...report, model: '\u0007m', results: [result] }, { areas, color: false });
  assert.doesNotMatch(text, /[^\P{Cc}\n\t]/u);
  assert.match(text, /it is \ufffd\[31mred/);
  assert.match(text, /\ufffd\{\}\n +\tnext/);
});

test('JUnit fails only for a MUST, and gives a reason for every other outcome but pass', () => {
  assert.equal(
    toJunit(report),
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="talaria verify http://127.0.0.1:1/v1" tests="6" failures="1" skipped="4" time="1.500">
  <testcase classname="chat" name="chat.one: does as it should" time="0.005"/>
  <testcase classname="chat" name="chat.three: does as it should" time="0.005"><failure message="choices[0].index is missing">clause: a clause
request: POST /v1/chat/completions
sent: {&quot;model&quot;:&quot;m&quot;}
status: 200
received: {&quot;a&quot;:
&quot;&lt;b&gt;&quot;}
path: choices[0].index</failure></testcase>
  <testcase classname="cors" name="cors.reply: does as it should" time="0.005"><skipped message="warn: no header"/></testcase>
  <testcase classname="cors" name="cors.error: does as it should" time="0.005"><skipped message="inconclusive: the model said &quot;no&quot;"/></testcase>
  <testcase classname="tenancy" name="tenancy.a: does as it should" time="0.005"><skipped message="skipped: no --other-key was given"/></testcase>
  <testcase classname="tenancy" name="tenancy.b: does as it should" time="0.005"><skipped message="skipped: no --other-key was given"/></testcase>
</testsuite>
`,
  );
});

test('JUnit stays well-formed for any server text', () => {
  const received = `]]> & < > " ' \u0000 \u0007 \ud800 \uffff 😀`;
  const bad = toResult({
    id: 'chat.bad',
    outcome: 'fail',
    message: received,
    evidence: { request: 'GET /', received },
  });
  const xml = toJunit({ ...report, results: [bad] });
  assert.match(xml, /received: \]\]&gt; &amp; &lt; &gt; &quot; &apos; � � � � 😀</);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no place for them
  assert.doesNotMatch(xml, /[\u0000-\u0008]|[\ud800-\udfff](?<![\ud800-\udbff][\udc00-\udfff])(?![\udc00-\udfff])/);
});

describe('evidence', () => {
  const exchange = { method: 'GET', path: '/v1/models', sent: '', status: 200, received: '' };

  test('is cut to a few lines after redaction', () => {
    const secret = 'sk-very-secret-key';
    const received = `${'x'.repeat(595)}${secret}`;
    const shown = toEvidence({ ...exchange, received }, createRedactor([secret]));
    assert.equal(shown.received, `${'x'.repeat(595)}***`);
    const lines = toEvidence({ ...exchange, received: 'a\n'.repeat(50) }, (text) => text);
    assert.equal(lines.received, 'a\na\na\na\na\na');
  });

  test('shows the event at fault rather than the whole stream', () => {
    const failure = new Failure('wrong', { excerpt: '{"type":"x"}', path: 'item.id' });
    const shown = toEvidence({ ...exchange, received: 'event: …' }, (text) => text, failure);
    assert.deepEqual(shown, { request: 'GET /v1/models', status: 200, received: '{"type":"x"}', path: 'item.id' });
  });
});

describe('secrets', () => {
  test('are redacted in every encoding', () => {
    const secret = 'sk-"a/b"';
    const redact = createRedactor([secret, '']);
    const forms = [secret, JSON.stringify(secret), encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
    assert.equal(redact(forms.join(' ')), '*** "***" *** ***');
  });

  test('with a common prefix are both redacted whole', () => {
    assert.equal(createRedactor(['sk-1', 'sk-12'])('sk-12 sk-1'), '*** ***');
  });
});
