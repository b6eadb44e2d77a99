import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type OpenAI from 'openai';
import { createClient, startTalaria } from '../helpers/talaria.ts';
import { connectSocket } from '../websocket/connect-socket.ts';
import { proxyKinds, type TestProxy } from './start-proxy.ts';

const key = 'a-key-behind-a-proxy';
const pauseMs = 60;
const tokens = 12;
const input = `/tokens ${tokens} delay ${pauseMs}ms`;

/** Whether the pauses of the agent can be seen: buffered events arrive together. */
function assertUnbuffered(times: readonly number[]): void {
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const seen = pauses.filter((pause) => pause > pauseMs / 2).length;
  assert.ok(seen >= (tokens - 1) / 2, `pauses of ${pauses.map(Math.round)} ms`);
}

for (const { name, isInstalled, start } of proxyKinds) {
  describe(name, { skip: isInstalled ? false : 'it is not installed' }, () => {
    const stack = new AsyncDisposableStack();
    let proxy: TestProxy;
    let openai: OpenAI;
    before(async () => {
      const server = stack.use(await startTalaria({ API_SERVER_KEY: key, API_SERVER_KEEP_ALIVE_MS: '100' }));
      proxy = stack.use(await start(new URL(server.url).host));
      openai = createClient(proxy.url, key);
    });
    after(() => stack.disposeAsync());

    it('passes on each event of a response and of a chat at once', async () => {
      const events = await openai.responses.create({ model: 'offline', input, stream: true });
      const times: number[] = [];
      for await (const { type } of events) if (type === 'response.output_text.delta') times.push(performance.now());
      assertUnbuffered(times);
      const messages = [{ role: 'user' as const, content: input }];
      const chunks = await openai.chat.completions.create({ model: 'offline', messages, stream: true });
      const chatTimes: number[] = [];
      for await (const { choices } of chunks) if (choices[0]?.delta.content) chatTimes.push(performance.now());
      assertUnbuffered(chatTimes);
    });

    it('passes on a silent stream: its head and comments', async () => {
      const body = JSON.stringify({ model: 'offline', input: '/wait 800ms', stream: true });
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const reply = await fetch(`${proxy.url}/v1/responses`, { method: 'POST', headers, body });
      assert.equal(reply.status, 200);
      let comments = 0;
      for await (const chunk of reply.body ?? []) comments += Buffer.from(chunk).toString().startsWith(':') ? 1 : 0;
      assert.ok(comments >= 3, `${comments} chunks that begin with a comment`);
    });

    it('upgrades WebSockets, and passes on each of their frames at once', async () => {
      await using client = await connectSocket(proxy.url, { headers: { authorization: `Bearer ${key}` } });
      client.send({ type: 'response.create', model: 'offline', input });
      const times: number[] = [];
      for (let message = await client.next(); message.type !== 'response.completed'; message = await client.next()) {
        if (message.type === 'response.output_text.delta') times.push(performance.now());
      }
      assertUnbuffered(times);
    });

    it('passes on a body of some megabytes, and answers that take a while', async () => {
      const padding = 'x'.repeat(4_000_000);
      const { output_text } = await openai.responses.create({
        model: 'offline',
        input: '/wait 300ms\n/say Done.',
        instructions: padding,
      });
      assert.equal(output_text, 'Done.');
    });
  });
}
