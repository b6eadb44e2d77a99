import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { ConfigError } from '../../src/config/config-error.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { spawnTalaria } from '../helpers/spawn-talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { answer, ask, readJson, startRules } from './start-rules.ts';

const directory = mkdtempSync(join(tmpdir(), 'talaria-rules-file-'));
after(() => rmSync(directory, { recursive: true }));

/** Returns the message of the error that a start with this file ends with. */
async function refuse(text: string, name = 'rules.yaml'): Promise<string> {
  const file = join(directory, name);
  writeFileSync(file, text);
  const error: unknown = await startRules('rules: []', { AGENT_URL: `rules:${file}` }).then(
    (server) => server[Symbol.asyncDispose]().then(() => assert.fail('it started')),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ConfigError, String(error));
  return error.message.replace(`${directory}/`, '');
}

describe('an invalid file', () => {
  const cases: [text: string, message: string][] = [
    [
      'rules:\n  - whne: {}\n    reply: { text: a }\n',
      "rules.yaml, line 2, column 5: Unknown parameter: 'rules[0].whne'. Did you mean 'when'?",
    ],
    [
      'rules:\n  - when: { mesage: a }\n    reply: { text: a }\n',
      "rules.yaml, line 2, column 13: Unknown parameter: 'rules[0].when.mesage'. Did you mean 'message'?",
    ],
    [
      'rules:\n  - when: { xyz: a }\n    reply: { text: a }\n',
      "rules.yaml, line 2, column 13: Unknown parameter: 'rules[0].when.xyz'. Expected one of: model, path, message, instructions, tools, headers, stream, tool_results, turn, call.",
    ],
    ['rules:\n  - name: a\n', "rules.yaml, line 2, column 5: Missing required parameter: 'rules[0].reply'."],
    [
      'rules:\n  - reply:\n      text: a\n      rate: fast\n',
      "rules.yaml, line 4, column 13: Invalid type for 'rules[0].reply.rate': expected a number, but got a string instead.",
    ],
    [
      'rules:\n  - reply:\n      - text: a\n      - { fault: { kind: explode } }\n',
      "rules.yaml, line 4, column 26: Invalid value: 'explode'. Supported values are: 'error', 'reset', 'close', 'end', 'hang', 'malformed', 'no_done'.",
    ],
    [
      'rules:\n  - reply: { text: "{{ person }}" }\n',
      "rules.yaml, line 2, column 20: Invalid 'rules[0].reply.text': the template has the unknown variable 'person'; expected one of: message, instructions, model, tools, results, turn, headers, groups, n.",
    ],
    [
      'rules: [\n  { reply: { text: a }\n',
      'rules.yaml, line 3, column 1: Flow map in block collection must be sufficiently indented and end with a }.',
    ],
    [
      'rules: *missing\n',
      'rules.yaml, line 1, column 8: Unresolved alias (the anchor must be set before the alias): missing.',
    ],
    [
      'rules:\n  - reply: { json: &loop { a: *loop } }\n',
      'rules.yaml, line 2, column 31: The alias is inside the value of its own anchor.',
    ],
    ['- a\n', 'rules.yaml, line 1, column 1: Invalid type: expected an object, but got an array instead.'],
    [
      'rules:\n  - reply: { recording: none.jsonl }\n',
      `rules.yaml, line 2, column 25: Invalid 'rules[0].reply.recording': cannot read the recording ${directory}/none.jsonl (ENOENT).`,
    ],
  ];
  for (const [text, message] of cases) {
    test(`is a start error with its place: ${message}`, async () => {
      assert.equal((await refuse(text)).replace(`${directory}/`, ''), message.replace(`${directory}/`, ''));
    });
  }

  test('may be JSON', async () => {
    assert.equal(
      await refuse('{\n\t"rules": [{ "reply": { "txt": "a" } }]\n}', 'rules.json'),
      "rules.json, line 2, column 25: Unknown parameter: 'rules[0].reply.txt'. Did you mean 'text'?",
    );
  });

  test('that is missing is a start error', async () => {
    const started = startRules('rules: []', { AGENT_URL: 'rules:/none/rules.yaml' });
    await assert.rejects(started, { message: 'Cannot read the rules file /none/rules.yaml (ENOENT).' });
  });
});

const rules = (text: string): string => `rules:\n  - reply: { text: '${text}' }\n`;

describe('a changed file', () => {
  test('applies to the next request, also when it is replaced; an invalid one changes nothing', async () => {
    await using server = await startRules(rules('one'));
    assert.equal(await answer(server.url), 'one');
    writeFileSync(server.file, rules('two'));
    await waitUntil(async () => (await answer(server.url)) === 'two');
    writeFileSync(`${server.file}.new`, rules('three'));
    renameSync(`${server.file}.new`, server.file);
    await waitUntil(async () => (await answer(server.url)) === 'three');
    writeFileSync(server.file, 'rules: [');
    writeFileSync(join(server.directory, 'other'), 'x');
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(await answer(server.url), 'three');
    writeFileSync(server.file, rules('four'));
    await waitUntil(async () => (await answer(server.url)) === 'four');
  });

  test('keeps its counts while nothing in it changes', async () => {
    const text = "rules:\n  - times: 1\n    reply: { text: 'once' }\n  - reply: { text: 'then' }\n";
    await using server = await startRules(text);
    assert.equal(await answer(server.url), 'once');
    renameSync(server.file, `${server.file}.old`);
    renameSync(`${server.file}.old`, server.file);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(await answer(server.url), 'then');
    writeFileSync(server.file, `# changed\n${text}`);
    await waitUntil(async () => (await answer(server.url)) === 'once');
  });

  test('leaves a running reply as it is', async () => {
    await using server = await startRules({ rules: [{ reply: { text: 'one two three four five', rate: 10 } }] });
    const running = ask(server.url, { message: 'Hi' });
    await new Promise((resolve) => setTimeout(resolve, 150));
    writeFileSync(server.file, rules('new'));
    await waitUntil(async () => (await answer(server.url)) === 'new');
    assert.equal((await readJson(await running)).choices[0].message.content, 'one two three four five');
  });

  test('may be a recording that the rules name', async () => {
    const record = (text: string) => {
      const message = { role: 'assistant', content: text };
      const lines = [
        { talaria: 'recording', version: 1, upstream: 'u', created: 'c' },
        {
          exchange: 1,
          request: { method: 'POST', path: '/v1/chat/completions', json: { messages: [] } },
          response: { status: 200, json: { choices: [{ index: 0, message, finish_reason: 'stop' }] } },
          ended: 'complete',
        },
      ];
      return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    };
    const file = join(directory, 'recorded.yaml');
    const recording = join(directory, 'traffic.jsonl');
    writeFileSync(recording, record('old'));
    writeFileSync(file, 'rules:\n  - reply: { recording: traffic.jsonl }\n');
    await using server = await startRules(rules('x'), { AGENT_URL: `rules:${file}` });
    assert.equal(await answer(server.url), 'old');
    writeFileSync(recording, record('new'));
    await waitUntil(async () => (await answer(server.url)) === 'new');
  });

  test('is logged: what is invalid with its line, and read again at SIGHUP', {
    skip: process.platform === 'win32',
  }, async () => {
    const file = join(directory, 'signal.yaml');
    writeFileSync(file, rules('one'));
    await using server = await spawnTalaria({ AGENT_URL: `rules:${file}`, LOG_LEVEL: 'info' });
    writeFileSync(file, 'rules:\n  - replies: {}\n');
    await waitUntil(() => server.stderr().includes('failed to reload rules'));
    assert.match(server.stderr(), /signal\.yaml, line 2, column 5: Missing required parameter: 'rules\[0\]\.reply'/);
    writeFileSync(file, rules('two'));
    server.process.kill('SIGHUP');
    await waitUntil(() => /"rules":1,"msg":"reloaded rules"/.test(server.stderr()));
    assert.equal(await answer(server.url), 'two');
    assert.ok(!server.stderr().includes('nothing to reload'));
  });
});

describe('strict rules', () => {
  test('are a setting of the server and of the file', async () => {
    const set = { rules: [{ when: { message: 'x' }, reply: { text: 'a' } }] };
    await using lax = await startRules(set);
    assert.match(await answer(lax.url), /offline agent/);
    await using strict = await startRules(set, { AGENT_RULES_STRICT: '1' });
    await using own = await startRules({ ...set, strict: true });
    for (const { url } of [strict, own]) {
      const reply = await ask(url, { message: 'Hi' });
      assert.equal(reply.status, 404);
      assert.equal((await readJson(reply)).error.code, 'no_rule_matched');
    }
  });

  test('need an agent with rules', () => {
    const variables = { AGENT_RULES_STRICT: '1', AGENT_URL: 'offline:' };
    assert.throws(() => loadConfig(variables), {
      message: 'AGENT_RULES_STRICT (--strict) needs an agent with rules: AGENT_URL=rules:FILE.',
    });
  });
});
