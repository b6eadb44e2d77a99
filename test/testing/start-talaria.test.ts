import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, afterEach, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import OpenAI from 'openai';
import { AdminError, connectTalaria, type Rule, startTalaria, type TalariaServer } from '../../src/testing/index.ts';

const run = promisify(execFile);
const greeting: Rule = { name: 'greeting', when: { message: 'Hello*' }, reply: { text: 'Hi there.' } };

describe('startTalaria', () => {
  let talaria: TalariaServer;
  let openai: OpenAI;
  before(async () => {
    talaria = await startTalaria({ rules: [greeting], strict: true });
    openai = new OpenAI({ ...talaria.clientOptions, maxRetries: 0 });
  });
  afterEach(() => talaria.reset());
  after(() => talaria.close());

  const ask = async (input: string) => (await openai.responses.create({ model: 'any', input })).output_text;

  it('answers by its rules, and keeps what it was sent', async () => {
    assert.equal(await ask('Hello, server'), 'Hi there.');
    const [request] = await talaria.journal.verify({ message: 'Hello, server' }, { count: 1 });
    assert.deepEqual([request?.rule, request?.response?.text, request?.status], ['greeting', 'Hi there.', 200]);
    assert.deepEqual((await talaria.journal.list({ rule: 'greeting' })).length, 1);
  });

  it('explains why no rule matched', async () => {
    await assert.rejects(ask('Bye'), (error) => error instanceof OpenAI.APIError && error.code === 'no_rule_matched');
    const [request] = await talaria.journal.list();
    assert.deepEqual(
      request?.unmatched_rules.map(({ rule }) => rule),
      ['greeting'],
    );
    assert.match(request?.unmatched_rules[0]?.reasons.join() ?? '', /message/);
  });

  it('adds rules before the others, replaces and restores them', async () => {
    await talaria.rules.add({ when: { message: 'Hello 1' }, reply: { text: 'One.' } });
    assert.deepEqual([await ask('Hello 1'), await ask('Hello 2')], ['One.', 'Hi there.']);
    const { rules, strict } = await talaria.rules.list();
    assert.deepEqual([rules.map(({ matched }) => matched), strict], [[1, 1], true]);
    await talaria.rules.replace([{ reply: { text: 'Always.' } }]);
    assert.equal(await ask('Hello 1'), 'Always.');
    await talaria.reset();
    assert.equal(await ask('Hello 1'), 'Hi there.');
    assert.equal((await talaria.journal.list()).length, 1);
  });

  it('fails a test with the nearest requests', async () => {
    await ask('Hello, server');
    const message =
      /^Expected exactly 2 requests with message "Hello", found 0\.\nNearest requests:\n {2}POST \/v1\/resp/;
    await assert.rejects(talaria.journal.verify({ message: 'Hello' }, { count: 2 }), {
      name: 'AssertionError',
      code: 'ERR_ASSERTION',
      message,
    });
    await assert.rejects(talaria.journal.waitFor({ status: 500 }, { timeoutMs: 10 }), { name: 'AssertionError' });
    await assert.rejects(talaria.journal.verify({}, { atMost: 0 }), /Expected no request, found 1\./);
  });

  it('refuses options that it does not know', async () => {
    const misspelt = { cuont: 1 } as { count?: number };
    const message = "Unknown option 'cuont'. Expected one of: count, atLeast, atMost.";
    await assert.rejects(talaria.journal.verify({}, misspelt), { name: 'TypeError', message });
    const snakeCase = { timeout_ms: 1 } as { timeoutMs?: number };
    await assert.rejects(talaria.journal.waitFor({}, snakeCase), /^TypeError: Unknown option 'timeout_ms'\./);
  });

  it('waits for requests in progress', async () => {
    await talaria.rules.replace([{ reply: { text: 'Late.', delay: '100ms' } }]);
    const answer = ask('Hello');
    const [running] = await talaria.journal.waitFor({ message: 'Hello' });
    assert.deepEqual([running.outcome, running.status], ['in_progress', null]);
    const [ended] = await talaria.journal.waitFor({ message: 'Hello', outcome: 'completed' });
    assert.deepEqual([ended.id, ended.response?.text], [running.id, 'Late.']);
    assert.equal(await answer, 'Late.');
  });

  it('shows exact statuses and faults', async () => {
    await talaria.rules.replace([
      { times: 1, reply: { status: 503, body: { error: { message: 'Busy.' } } } },
      { times: 1, reply: { fault: { kind: 'reset' } } },
      greeting,
    ]);
    const patient = new OpenAI({ ...talaria.clientOptions, maxRetries: 2 });
    const reply = await patient.responses.create({ model: 'any', input: 'Hello' });
    assert.equal(reply.output_text, 'Hi there.');
    const entries = await talaria.journal.list();
    assert.deepEqual(
      entries.map(({ status, outcome }) => [status, outcome]),
      [
        [503, 'completed'],
        [null, 'cut_short'],
        [200, 'completed'],
      ],
    );
    assert.deepEqual(entries[0]?.response?.body, { error: { message: 'Busy.' } });
  });

  it('refuses invalid rules by their place', async () => {
    const invalid = [{ reply: { txt: 'Hi' } }] as unknown as Rule[];
    await assert.rejects(
      talaria.rules.replace(invalid),
      (error) => error instanceof AdminError && error.status === 400 && /rules\[0\]\.reply/.test(error.param ?? ''),
    );
    await assert.rejects(startTalaria({ rules: invalid }), AdminError);
  });

  it('runs several servers at once, each with its key, rules and journal', async () => {
    await using other = await startTalaria({ apiKey: 'sk-other', rules: [{ reply: { text: 'Other.' } }] });
    const client = new OpenAI(other.clientOptions);
    assert.equal((await client.responses.create({ model: 'any', input: 'Hello' })).output_text, 'Other.');
    await assert.rejects(new OpenAI({ ...other.clientOptions, apiKey: 'sk-wrong' }).models.list(), { status: 401 });
    assert.deepEqual(
      (await other.journal.list()).map(({ status }) => status),
      [200, 401],
    );
    assert.deepEqual(await talaria.journal.list(), []);
  });

  it('is controlled from another process', async () => {
    const remote = connectTalaria(talaria.baseURL);
    assert.equal(remote.url, talaria.url);
    await ask('Hello');
    assert.equal((await remote.journal.verify({ message: 'Hello' })).length, 1);
    await remote.reset();
    assert.deepEqual(await talaria.journal.list(), []);
    assert.deepEqual((await talaria.rules.list()).rules, []);
  });
});

describe('a process that starts a server', () => {
  const helper = new URL('../../src/testing/index.ts', import.meta.url).href;
  const start = (program: string) => {
    const code = `const { startTalaria } = await import(${JSON.stringify(helper)});\n${program}`;
    return run(process.execPath, ['--input-type=module', '--eval', code], { cwd: fileURLToPath(new URL('.', helper)) });
  };
  const ask = `await fetch(talaria.baseURL + '/models');`;

  it('ends once the server is closed', async () => {
    const { stderr } = await start(`const talaria = await startTalaria();\n${ask}\nawait talaria.close();`);
    assert.equal(stderr, '');
  });

  it('goes on after close(), which ends requests in progress', async () => {
    const { stdout } = await start(`const talaria = await startTalaria();
      const waiting = talaria.journal.waitFor({}, { timeoutMs: 60_000 }).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 200));
      await talaria.close();
      console.log('closed');`);
    assert.equal(stdout, 'closed\n');
  });

  it('ends with a warning if the server was not closed', async () => {
    const { stderr } = await start(`const talaria = await startTalaria();\n${ask}`);
    assert.match(stderr, /^talaria\/testing: the server at http:\/\/127\.0\.0\.1:\d+ was not closed\. Call close\(\)/);
  });
});
