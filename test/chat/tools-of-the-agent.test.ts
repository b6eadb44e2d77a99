import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { useDirectory } from '../clients/agents-under-test.ts';
import { lastingStores } from '../helpers/store-urls.ts';
import { post, startTalaria, type TestServer } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { type ConfigOnDisk, writeConfig } from '../helpers/write-config.ts';
import { dataOf } from '../http/stream-reader.ts';

const program = fileURLToPath(new URL('./counting-server.ts', import.meta.url));
const model = 'offline';
const step = (...lines: string[]) => lines.join('\n');
const script = (...steps: string[]) => steps.join('\n/then\n');
const append = (text: string) => `/call tools__append {"text":"${text}"}`;
const hold = (text: string) => `/call tools__hold {"text":"${text}"}`;
const weather = {
  type: 'function' as const,
  function: { name: 'get_weather', parameters: { type: 'object', properties: {} } },
};

interface Tools extends AsyncDisposable {
  config: ConfigOnDisk;
  ledger(): string[];
  open(): void;
}

async function createTools(more: object = {}): Promise<Tools> {
  await using stack = new AsyncDisposableStack();
  const folder = await useDirectory(stack);
  const [ledger, gate] = [join(folder, 'ledger'), join(folder, 'gate')];
  writeFileSync(ledger, '');
  const tools = { command: process.execPath, args: [program, ledger, gate], ...more };
  const config = stack.use(writeConfig(JSON.stringify({ mcp_servers: { tools } })));
  const moved = stack.move();
  return {
    config,
    ledger: () => readFileSync(ledger, 'utf8').trim().split('\n').filter(Boolean),
    open: () => writeFileSync(gate, ''),
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}

const settingsOf = ({ config }: Tools, more: Record<string, string> = {}) => ({
  TALARIA_CONFIG: config.path,
  AGENT_MCP_SERVERS: 'tools',
  ...more,
});

describe('a chat completion of an agent with tools', () => {
  const stack = new AsyncDisposableStack();
  let server: TestServer;
  let tools: Tools;
  before(async () => {
    tools = stack.use(await createTools());
    server = stack.use(await startTalaria(settingsOf(tools, { AGENT_MAX_ITERATIONS: '3' })));
  });
  after(() => stack.disposeAsync());

  const ask = (content: string, more: object = {}) =>
    server.openai.chat.completions.create({ model, messages: [{ role: 'user', content }], ...more });

  it('runs them, and shows only the last text, with the tokens of all rounds', async () => {
    const plain = await ask('/say Done.');
    const completion = await ask(script(step('/say Let me look.', append('one')), append('two'), '/say Done.'));
    const [choice] = completion.choices;
    assert.deepEqual([choice?.message.content, choice?.finish_reason], ['Done.', 'stop']);
    assert.equal(choice?.message.tool_calls, undefined);
    assert.deepEqual(tools.ledger().slice(-2), ['append one', 'append two']);
    assert.ok((completion.usage?.prompt_tokens ?? 0) > 2 * (plain.usage?.prompt_tokens ?? 0));
    assert.ok((completion.usage?.completion_tokens ?? 0) > (plain.usage?.completion_tokens ?? 0));
  });

  it('runs them in a stream, with comments while they run', async () => {
    const settings = settingsOf(tools, { API_SERVER_KEEP_ALIVE_MS: '100' });
    await using slow = await startTalaria(settings);
    const content = script(step('/wait 200ms', append('slow')), '/say Done.');
    const reply = await post(`${slow.url}/v1/chat/completions`, {
      model,
      stream: true,
      messages: [{ role: 'user', content }],
    });
    const text = await reply.text();
    assert.match(text, /^: /m);
    const chunks = dataOf(text)
      .slice(0, -1)
      .map((data) => JSON.parse(data));
    assert.equal(chunks.map((chunk) => chunk.choices[0].delta.content ?? '').join(''), 'Done.');
    assert.ok(chunks.every((chunk) => !chunk.choices[0].delta.tool_calls));
  });

  it('ends with the calls that the client must run, after those of the server', async () => {
    const content = step(append('beside'), '/call get_weather {}');
    const completion = await ask(content, { tools: [weather] });
    const [choice] = completion.choices;
    assert.equal(choice?.finish_reason, 'tool_calls');
    const calls = choice?.message.tool_calls?.map((call) => call.type === 'function' && call.function.name);
    assert.deepEqual(calls, ['get_weather']);
    assert.equal(tools.ledger().at(-1), 'append beside');
  });

  it("ends with finish_reason 'length' at the limit of iterations", async () => {
    const completion = await ask(script(append('1'), append('2'), append('3'), '/say Never.'));
    assert.deepEqual([completion.choices[0]?.finish_reason, completion.choices[0]?.message.content], ['length', '']);
  });

  it('runs them for each of several choices', async () => {
    const completion = await ask(script(append('each'), '/say Done.'), { n: 2 });
    assert.deepEqual(
      completion.choices.map(({ message }) => message.content),
      ['Done.', 'Done.'],
    );
    assert.deepEqual(tools.ledger().slice(-2), ['append each', 'append each']);
  });

  it('stores only what was shown', async () => {
    const { id } = await ask(script(step('/say Hm.', append('kept')), '/say Done.'), { store: true });
    const stored = await server.openai.chat.completions.retrieve(id);
    assert.deepEqual(stored.choices[0]?.message.content, 'Done.');
    assert.doesNotMatch(JSON.stringify(stored), /append|Hm\./);
  });
});

describe('a chat completion whose time is up', () => {
  it("ends with finish_reason 'length' once a tool has run, and fails before", async () => {
    await using tools = await createTools();
    await using server = await startTalaria(settingsOf(tools, { RUN_TIMEOUT: '500ms' }));
    const ask = (content: string) =>
      server.openai.chat.completions.create({ model, messages: [{ role: 'user', content }] });
    // The tools take longer than that to start.
    await waitUntil(() => ask(script(append('warm'), '/say Warm.')).then(Boolean, () => false));
    const completion = await ask(script(append('in time'), hold('too long')));
    assert.equal(completion.choices[0]?.finish_reason, 'length');
    assert.equal(tools.ledger().at(-1), 'hold too long');
    await assert.rejects(ask('/wait 700ms\n/say Late.'), { status: 504, code: 'run_timeout' });
  });
});

describe('a tool that needs approval', () => {
  it('is not offered in a chat completion', async () => {
    await using tools = await createTools({ require_approval: 'always' });
    await using server = await startTalaria(settingsOf(tools));
    const completion = await server.openai.chat.completions.create({
      model,
      messages: [{ role: 'user', content: script(append('never'), '/say Done.') }],
    });
    assert.deepEqual(tools.ledger(), []);
    assert.equal(completion.choices[0]?.message.tool_calls?.length ?? 0, 1);
  });
});

for (const kind of lastingStores) {
  describe(`a keyed chat completion with tools whose server stops (${kind.name})`, () => {
    const send = (server: TestServer, content: string, key: string, more: object = {}) =>
      post(
        `${server.url}/v1/chat/completions`,
        { model, messages: [{ role: 'user', content }], ...more },
        { 'idempotency-key': key },
      );

    /** Stops a server within a tool, and returns the reply of the next server to the same request. */
    async function cut(content: string, more: object = {}, settings: Record<string, string> = {}) {
      await using stack = new AsyncDisposableStack();
      const tools = stack.use(await createTools());
      const { url } = stack.use(await kind.open());
      const all = settingsOf(tools, { STORE_URL: url, API_SERVER_SHUTDOWN_MS: '50', ...settings });
      const first = await startTalaria(all);
      const lost = send(first, content, 'cut', more).catch(() => undefined);
      await waitUntil(() => tools.ledger().some((line) => line.startsWith('hold')));
      await first[Symbol.asyncDispose]();
      await lost;
      tools.open();
      await using second = await startTalaria(all);
      const reply = await send(second, content, 'cut', more);
      const text = await reply.text();
      const again = await send(second, content, 'cut', more);
      assert.equal(await again.text(), text);
      return { reply, text, ledger: tools.ledger() };
    }

    it('continues at the first unfinished step, and runs no finished tool again', async () => {
      const { reply, text, ledger } = await cut(script(append('one'), hold('two'), append('three'), '/say Done.'));
      assert.equal(reply.status, 200, text);
      assert.equal(reply.headers.get('idempotency-replayed'), 'true');
      const { choices, usage } = JSON.parse(text);
      assert.deepEqual([choices[0].message.content, choices[0].finish_reason], ['Done.', 'stop']);
      // Reading twice is safe.
      assert.deepEqual(ledger, ['append one', 'hold two', 'hold two', 'append three']);
      assert.ok(usage.prompt_tokens > 0);
    });

    it('continues its stream after the chunks that were sent, and stores the whole completion', async () => {
      const content = script(step('/reason First I look.', append('one')), hold('two'), '/say Done.');
      const { text } = await cut(content, { stream: true, store: true, stream_options: { include_usage: true } });
      const data = dataOf(text);
      assert.equal(data.pop(), '[DONE]');
      const chunks = data.map((line) => JSON.parse(line));
      const deltas = chunks.flatMap((chunk) => chunk.choices.map((choice: { delta: object }) => choice.delta));
      assert.equal(deltas.filter((delta) => delta.role).length, 1);
      assert.equal(deltas.map((delta) => delta.reasoning_content ?? '').join(''), 'First I look.');
      assert.equal(deltas.map((delta) => delta.content ?? '').join(''), 'Done.');
      assert.equal(new Set(chunks.map((chunk) => `${chunk.id} ${chunk.created}`)).size, 1);
      assert.ok(chunks.at(-1).usage.total_tokens > 0);
    });

    it('runs again from the start when its recovery is off: nothing of it is stored', async () => {
      const { text, ledger } = await cut(
        script(append('one'), hold('two'), '/say Done.'),
        {},
        { RUN_RECOVERY: 'fail' },
      );
      assert.equal(JSON.parse(text).choices[0].message.content, 'Done.');
      assert.deepEqual(ledger, ['append one', 'hold two', 'append one', 'hold two']);
    });
  });
}
