import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hashKey } from '../../src/config/hash-key.ts';
import { TokenBudgets } from '../../src/tenants/token-budgets.ts';
import { localStores } from '../helpers/local-stores.ts';
import { openTestStore } from '../helpers/open-test-store.ts';
import { lastingStores } from '../helpers/store-urls.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { writeConfig } from '../helpers/write-config.ts';
import { envelope, send } from '../http/send.ts';
import { call, script, startMcpTalaria, use } from '../mcp/mcp-talaria.ts';

const file = `
tenants:
  minute: { limits: { tokens_per_minute: 40 } }
  day: { limits: { tokens_per_day: 40 } }
  free:
keys:
  - { name: minute, tenant: minute, hash: "${hashKey('tlr_minute')}" }
  - { name: day, tenant: day, hash: "${hashKey('tlr_day')}" }
  - { name: free, tenant: free, hash: "${hashKey('tlr_free')}" }
`;

/** 23:59:30 UTC on a day of 2026. */
const evening = Date.UTC(2026, 10, 29, 23, 59, 30);

/** Two servers on one store, with a clock that tests set. */
async function startTwo(url: string) {
  const stack = new AsyncDisposableStack();
  const clock = { now: evening };
  const config = stack.use({ ...writeConfig(file), async [Symbol.asyncDispose]() {} });
  const start = () => startTalaria({ TALARIA_CONFIG: config.path, STORE_URL: url }, { now: () => clock.now });
  const servers = [stack.use(await start()), stack.use(await start())] as const;
  const create = (server: 0 | 1, key: string, fields: object = {}) =>
    send(`${servers[server].url}/v1/responses`, {
      body: { input: '/tokens 50', ...fields },
      headers: { authorization: `Bearer tlr_${key}` },
    });
  const chat = (server: 0 | 1, key: string) =>
    send(`${servers[server].url}/v1/chat/completions`, {
      body: { model: 'offline', messages: [{ role: 'user', content: '/say Hi' }] },
      headers: { authorization: `Bearer tlr_${key}` },
    });
  const compact = (server: 0 | 1, key: string) =>
    send(`${servers[server].url}/v1/responses/compact`, {
      body: { model: 'offline', input: 'Good morning!' },
      headers: { authorization: `Bearer tlr_${key}` },
    });
  return { clock, create, chat, compact, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

for (const kind of lastingStores) {
  describe(`the token budget of a tenant (${kind.name})`, () => {
    it('is shared by two servers and both APIs, and ends in a 429 until the window ends', async () => {
      await using opened = await kind.open();
      await using two = await startTwo(opened.url);
      assert.equal((await two.create(0, 'minute')).status, 200);
      for (const refused of [await two.create(1, 'minute'), await two.chat(0, 'minute')]) {
        assert.deepEqual([refused.status, refused.headers['retry-after']], [429, '30']);
        const message = 'The token budget of 40 tokens per minute is used up. Try again in 30 s.';
        assert.deepEqual(refused.json, envelope('rate_limit_exceeded', message, null, 'rate_limit_error'));
      }
      const background = await two.create(1, 'minute', { background: true });
      assert.equal(background.status, 429);
      const streamed = await two.create(1, 'minute', { stream: true });
      assert.deepEqual([streamed.status, streamed.headers['retry-after']], [429, '30']);
      assert.equal((await two.create(1, 'free')).status, 200);
      two.clock.now += 30_000;
      assert.equal((await two.chat(1, 'minute')).status, 200);
    });

    it('counts a day in UTC, and compactions', async () => {
      await using opened = await kind.open();
      await using two = await startTwo(opened.url);
      two.clock.now -= 3_600_000;
      assert.equal((await two.create(0, 'day')).status, 200);
      two.clock.now += 3_600_000;
      const refused = await two.create(1, 'day');
      assert.deepEqual([refused.status, refused.headers['retry-after']], [429, '30']);
      assert.match(JSON.stringify(refused.json), /40 tokens per day/);
      two.clock.now += 30_000;
      assert.equal((await two.compact(1, 'day')).status, 200);
      assert.equal((await two.compact(0, 'day')).status, 429);
    });
  });
}

describe('a run with tools that uses up the token budget', () => {
  it('ends as incomplete after the call that exceeded it, with its output', async () => {
    const path = fileURLToPath(new URL('../helpers/mcp/stdio-server.ts', import.meta.url));
    const tools = { command: process.execPath, args: [path] };
    const tenants = { default: { limits: { tokens_per_day: 1 } } };
    await using server = await startMcpTalaria({ tools }, {}, { tenants });
    const input = script(call('tools__echo', { text: 'kept' }), '/say This is not reached.');
    const response = await server.openai.responses.create({ input, tools: [use('tools')] });
    assert.deepEqual([response.status, response.incomplete_details?.reason], ['incomplete', 'budget_exceeded']);
    assert.deepEqual(
      response.output.map((item) => (item.type === 'mcp_call' ? item.output : item.type)),
      ['mcp_list_tools', 'kept'],
    );
    assert.ok((response.usage?.total_tokens ?? 0) > 1);
    await assert.rejects(server.openai.responses.create({ input: 'Good morning!' }), { status: 429 });
  });
});

describe('TokenBudgets', () => {
  it('applies a changed limit at once, and has no budget for a tenant without limits', async () => {
    const [memory] = localStores;
    assert.ok(memory);
    await using opened = await openTestStore(memory);
    const limits: { tokensPerMinute: number | undefined; tokensPerDay: undefined } = {
      tokensPerMinute: 10,
      tokensPerDay: undefined,
    };
    const log = { error: () => assert.fail('an error was logged') };
    const options = { limitsOf: () => limits, usage: opened.store.usage, log, now: () => evening };
    const budget = new TokenBudgets(options).of('acme');
    await budget?.spend(9);
    await budget?.check();
    await budget?.spend(1);
    await assert.rejects(async () => budget?.check(), { code: 'rate_limit_exceeded', retryAfter: 30 });
    limits.tokensPerMinute = 11;
    await budget?.check();
    limits.tokensPerMinute = undefined;
    await budget?.check();
    assert.equal(new TokenBudgets(options).of('acme'), undefined);
  });

  it('logs tokens that it cannot count, and lets the answer end', async () => {
    const [memory] = localStores;
    assert.ok(memory);
    const { store, [Symbol.asyncDispose]: close } = await openTestStore(memory);
    await close();
    const logged: unknown[] = [];
    const budgets = new TokenBudgets({
      limitsOf: () => ({ tokensPerMinute: 1, tokensPerDay: undefined }),
      usage: store.usage,
      log: { error: (details, message) => logged.push({ ...details, message }) },
      now: () => evening,
    });
    await budgets.of('acme')?.spend(5);
    assert.equal(logged.length, 1);
    await assert.rejects(async () => budgets.of('acme')?.check(), { code: 'store_unavailable' });
  });
});
