import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { checkedFetch } from '../helpers/contract-check.ts';
import { spawnTalaria } from '../helpers/spawn-talaria.ts';
import { post, startTalaria } from '../helpers/talaria.ts';
import { startUpstream } from '../helpers/upstream.ts';
import { connectSocket, toSocketUrl } from '../websocket/connect-socket.ts';
import { answer, readJson, startRules } from './start-rules.ts';

async function operate(url: string, method: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await checkedFetch(`${url}/admin/v1/rules`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await readJson(response) };
}

describe('rules over HTTP', () => {
  test('replace those of the file until they are reset, and report their counts', async () => {
    await using server = await startRules({ rules: [{ name: 'mine', reply: { text: 'file' } }] });
    assert.equal(await answer(server.url), 'file');
    const first = await operate(server.url, 'GET');
    assert.equal(first.body.source, 'file');
    assert.deepEqual(first.body.rules, [{ name: 'mine', matched: 1, rule: { name: 'mine', reply: { text: 'file' } } }]);
    const rules = [{ when: { model: 'm-1' }, times: 1, reply: { text: 'a' } }, { reply: { text: 'b' } }];
    const replaced = await operate(server.url, 'PUT', { rules, seed: 3, strict: true });
    const { source, seed, strict, models } = replaced.body;
    assert.deepEqual({ source, seed, strict, models }, { source: 'replaced', seed: 3, strict: true, models: ['m-1'] });
    assert.equal(await answer(server.url), 'b');
    assert.deepEqual(
      (await operate(server.url, 'GET')).body.rules.map(({ matched }: { matched: number }) => matched),
      [0, 1],
    );
    const reset = await operate(server.url, 'DELETE');
    assert.equal(reset.body.source, 'file');
    assert.equal(reset.body.rules[0].matched, 0);
    assert.equal(await answer(server.url), 'file');
  });

  test('are refused with the path of what is invalid, and change nothing', async () => {
    await using server = await startRules({ rules: [{ reply: { text: 'file' } }] });
    const cases: [body: unknown, code: string, param: string | null][] = [
      [{ rules: [{ reply: { txt: 'a' } }] }, 'unsupported_parameter', 'rules[0].reply.txt'],
      [{ rules: [{ reply: { text: '{{ x }}' } }] }, 'invalid_value', 'rules[0].reply.text'],
      [
        { rules: [{ when: { message: { regex: '(' } }, reply: { text: '' } }] },
        'invalid_value',
        'rules[0].when.message.regex',
      ],
      [{ rules: [{ reply: { recording: '../../etc/passwd' } }] }, 'invalid_value', 'rules[0].reply.recording'],
      [{ rules: [{ reply: { recording: '/etc/passwd' } }] }, 'invalid_value', 'rules[0].reply.recording'],
      [{}, 'missing_required_parameter', 'rules'],
    ];
    for (const [body, code, param] of cases) {
      const refused = await operate(server.url, 'PUT', body);
      assert.equal(refused.status, 400);
      assert.deepEqual({ code: refused.body.error.code, param: refused.body.error.param }, { code, param });
    }
    assert.equal(await answer(server.url), 'file');
  });

  test('need no file', async () => {
    await using server = await startTalaria({ AGENT_URL: 'rules:' });
    assert.equal((await operate(server.url, 'GET')).body.source, 'none');
    assert.match(await answer(server.url), /offline agent/);
    await operate(server.url, 'PUT', { rules: [{ reply: { text: 'set' } }] });
    assert.equal(await answer(server.url), 'set');
    await operate(server.url, 'DELETE');
    assert.match(await answer(server.url), /offline agent/);
  });

  test('are a conflict where no agent has them, or several processes would', async () => {
    await using offline = await startTalaria();
    for (const [method, body] of [['GET'], ['PUT', { rules: [] }], ['DELETE']] as const) {
      const refused = await operate(offline.url, method, body);
      assert.equal(refused.status, 409);
      assert.equal(refused.body.error.code, 'rules_unavailable');
    }
    await using server = await startTalaria({ AGENT_URL: 'rules:' });
    const other = await checkedFetch(`${server.url}/admin/v1/rules?agent=other`);
    assert.equal(other.status, 409);
    assert.match((await readJson(other)).error.message, /No agent 'other' has rules\. Expected one of: default\./);
  });

  test('are a conflict with several processes, which would not share them', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'talaria-rules-workers-'));
    await using server = await spawnTalaria({
      ...{ AGENT_URL: 'rules:', WORKERS: '2', LOG_LEVEL: 'silent' },
      STORE_URL: `sqlite:${join(directory, 'talaria.db')}`,
    });
    const refused = await operate(server.url, 'PUT', { rules: [] });
    assert.equal(refused.status, 409);
    assert.match(refused.body.error.message, /WORKERS=1/);
    const journal = await fetch(`${server.url}/admin/v1/journal`);
    assert.match((await readJson(journal)).error.message, /WORKERS=1/);
    await server[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true });
  });

  test('need the key of an operator', async () => {
    const keys = { API_SERVER_KEY: 'tenant-key', API_SERVER_OPERATOR_KEY: 'operator-key' };
    await using server = await startTalaria({ AGENT_URL: 'rules:', ...keys });
    const as = (key: string) => operate(server.url, 'PUT', { rules: [] }, { authorization: `Bearer ${key}` });
    assert.equal((await as('tenant-key')).status, 403);
    assert.equal((await as('wrong')).status, 401);
    assert.equal((await as('operator-key')).status, 200);
  });
});

describe('a script in a header', () => {
  const header = (script: string) => ({ 'x-talaria-script': script });

  test('answers instead of the message and of the rules', async () => {
    await using rules = await startRules({ rules: [{ reply: { text: 'rule' } }], strict: true });
    await using offline = await startTalaria();
    for (const { url } of [rules, offline]) {
      const ask = (script: string) =>
        post(`${url}/v1/responses`, { model: 'm', input: '/say message' }, header(script)).then((reply) =>
          reply.text(),
        );
      assert.match(await ask('/say Good morning!'), /"text":"Good morning!"/);
      assert.match(await ask('["/reason Hm.","/say \\u00e4\\ud83d\\ude42"]'), /Hm\..*"text":"ä🙂"/s);
      assert.match(await ask('"/reason Hm.\\n/say Two lines"'), /Hm\..*"text":"Two lines"/s);
      assert.match(await ask(Buffer.from('/say Grüezi 🙂').toString('latin1')), /"text":"Grüezi 🙂"/);
      assert.match(await ask('/status 429 retry-after 2'), /rate_limit_exceeded/);
    }
    assert.equal((await operate(rules.url, 'GET')).body.rules[0].matched, 0);
  });

  test('continues after tool results with /then', async () => {
    await using server = await startTalaria();
    const script = '["/call look {}", "/then", "/say Found."]';
    const call = { id: 'c', type: 'function', function: { name: 'look', arguments: '{}' } };
    const messages: object[] = [{ role: 'user', content: 'A templated prompt' }];
    const send = async () =>
      (await readJson(await post(`${server.url}/v1/chat/completions`, { model: 'm', messages }, header(script))))
        .choices[0];
    assert.equal((await send()).finish_reason, 'tool_calls');
    messages.push({ role: 'assistant', tool_calls: [call] }, { role: 'tool', tool_call_id: 'c', content: 'x' });
    assert.equal((await send()).message.content, 'Found.');
  });

  test('that is malformed is a 400 that names it', async () => {
    await using server = await startTalaria();
    for (const script of ['Hello', '["/say a", 1]', '/tokens many', '"/say', `/say ${'x'.repeat(9_000)}`]) {
      const reply = await post(
        `${server.url}/v1/chat/completions`,
        { messages: [{ role: 'user', content: 'Hi' }] },
        header(script),
      );
      const { error } = await readJson(reply);
      assert.deepEqual([reply.status, error.param], [400, 'X-Talaria-Script'], script.slice(0, 20));
    }
  });

  test('is ignored by an agent that runs a model, and not passed on', async () => {
    await using upstream = await startUpstream();
    await using server = await startTalaria({ AGENT_URL: upstream.url });
    const reply = await post(
      `${server.url}/v1/chat/completions`,
      { model: 'test-model', messages: [{ role: 'user', content: 'Hi' }] },
      header('/say scripted'),
    );
    assert.equal(reply.status, 200);
    assert.doesNotMatch(await reply.text(), /scripted/);
    assert.equal(upstream.requests.at(-1)?.headers['x-talaria-script'], undefined);
  });

  test('answers every turn of a WebSocket', async () => {
    await using server = await startTalaria();
    await using socket = await connectSocket(server.url, { headers: header('/say From the header') });
    for (let turn = 0; turn < 2; turn++) {
      const events = await socket.create({ model: 'm', input: 'Hi' });
      assert.match(JSON.stringify(events.at(-1)), /From the header/);
    }
  });
});

describe('faults on a WebSocket', () => {
  const text = 'one two three four five six';
  const talk = async (reply: object) => {
    await using server = await startRules({ rules: [{ reply }] });
    const socket = new WebSocket(toSocketUrl(server.url));
    const received: string[] = [];
    socket.on('message', (data) => received.push(String(data)));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'response.create', model: 'm', input: 'Hi' }));
    const ended = await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 800, 'open'))]);
    socket.terminate();
    return { received, ended, deltas: received.filter((frame) => frame.includes('output_text.delta')).length };
  };

  test('close it, or leave it silent, after the tokens of the rule', async () => {
    for (const [kind, ended] of [
      ['reset', 1006],
      ['close', 1006],
      ['end', 1000],
      ['hang', 'open'],
    ] as const) {
      const talked = await talk({ text, fault: { kind, after: 3 } });
      assert.deepEqual([talked.deltas, talked.ended], [3, ended], kind);
      assert.ok(!talked.received.some((frame) => frame.includes('response.completed')));
    }
  });

  test('insert a frame that is not JSON', async () => {
    const { received, deltas } = await talk({ text, fault: { kind: 'malformed', after: 3, frame: 'oops' } });
    assert.equal(received.filter((frame) => frame === 'oops').length, 1);
    assert.equal(deltas, 6);
  });
});

test('talaria --strict needs an agent with rules', () => {
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const env = { ...process.env, AGENT_URL: 'offline:', STORE_URL: 'memory:', API_SERVER_PORT: '0' };
  const { stderr, status } = spawnSync(process.execPath, [main, '--strict'], { env, encoding: 'utf8' });
  assert.equal(stderr, 'AGENT_RULES_STRICT (--strict) needs an agent with rules: AGENT_URL=rules:FILE.\n');
  assert.equal(status, 1);
});
