import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { lastingStores } from '../helpers/store-urls.ts';
import { spawnTalaria, type TestProcess } from '../helpers/talaria.ts';
import { startUpstream, type Upstream } from '../helpers/upstream.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { startArena } from './arena.ts';

const attempts = 3;

/** Starts an upstream that kills the server which sends `poison`. Each server has its own address. */
function startPoison(servers: (TestProcess | undefined)[]): Promise<Upstream> {
  return startUpstream({
    async answer(request) {
      const [, number = ''] = /^\/(\d)\//.exec(request.path) ?? [];
      request.path = request.path.replace(/^\/\d/, '');
      if (request.body?.messages?.at(-1)?.content !== 'poison') return false;
      await waitUntil(() => servers[Number(number)] !== undefined, 'the server that is to be killed');
      servers[Number(number)]?.process.kill('SIGKILL');
      return true;
    },
  });
}

for (const kind of lastingStores) {
  describe(`a response that kills every server which runs it (${kind.name})`, () => {
    it('fails after three servers, and the next one survives; before, every server died', async () => {
      await using stack = new AsyncDisposableStack();
      const store = stack.use(await kind.open());
      const servers: TestProcess[] = [];
      const upstream = stack.use(await startPoison(servers));
      const settings = (number: number) => ({
        STORE_URL: store.url,
        AGENT_URL: upstream.url.replace('/v1', `/${number}/v1`),
        RUN_RECOVERY: 'restart',
        RUN_LEASE_MS: '1500',
        RUN_ATTEMPTS: `${attempts}`,
      });
      const first = stack.use(await spawnTalaria(settings(0)));
      servers[0] = first;
      const died = once(first.process, 'exit');
      const reply = await fetch(`${first.url}/v1/responses`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'm', input: 'poison', background: true }),
      });
      const { id } = JSON.parse(await reply.text());
      await died;
      for (let number = 1; number < attempts; number++) {
        const server = stack.use(await spawnTalaria(settings(number)));
        const exit = once(server.process, 'exit');
        servers[number] = server;
        await exit;
      }
      await using arena = await startArena({ settings: settings(attempts) });
      servers[attempts] = arena.server;
      const read = async () => JSON.parse(await (await fetch(`${arena.server.url}/v1/responses/${id}`)).text());
      await waitUntil(async () => (await read()).status === 'failed', 'the end of the response');
      assert.equal((await read()).error.code, 'run_attempts_exceeded');
      assert.equal(
        upstream.requests.filter(({ body }) => body?.messages?.at(-1)?.content === 'poison').length,
        attempts,
      );
      await arena.assertUnharmed();
    });
  });
}
