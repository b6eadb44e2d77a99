import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type OpenAI from 'openai';
import { NotFoundError } from 'openai';
import type { ResponseInputItem } from 'openai/resources/responses/responses';
import { waitUntil } from '../helpers/wait-until.ts';
import { call, script, startMcpTalaria, use } from '../mcp/mcp-talaria.ts';
import { startCurrentServer } from '../mcp/servers/http-server.ts';
import { type TestServer, withTestServer } from '../store/postgres/test-server.ts';
import { type BackupMethod, dumpBackup, snapshotBackup, sqliteBackup, whyNoDump } from './backup-methods.ts';

const model = 'offline';
const tools = [use('weather', { require_approval: 'always' })];
const keyed = { model, input: '/say Once.' };
const idempotencyKey = 'a-key-of-a-client';

/** State of each kind that a client can come back to. */
async function createState({ responses }: OpenAI) {
  const first = await responses.create({ model, input: '/say My name is Ada.' });
  const once = await responses.create(keyed, { headers: { 'idempotency-key': idempotencyKey } });
  const { output } = await responses.compact({ model, input: 'Remember this.' });
  const asked = await responses.create({
    model,
    tools,
    input: script(call('weather__get_weather', { city: 'Paris' }), '/say Done.'),
  });
  const request = asked.output.find((item) => item.type === 'mcp_approval_request');
  assert.ok(request, JSON.stringify(asked.output));
  return { first, once, compacted: output as ResponseInputItem[], asked, request };
}

/** Creates a chain of responses until it is stopped. `stop` returns all ids, in order. */
function startWriting({ responses }: OpenAI) {
  const ids: string[] = [];
  let isStopped = false;
  const writing = (async () => {
    while (!isStopped) {
      const parent = ids.length === 0 ? {} : { previous_response_id: ids.at(-1) ?? '' };
      ids.push((await responses.create({ model, input: '/say On and on.', ...parent })).id);
      // The copy, which another process writes, needs the machine too.
      await setImmediate();
    }
  })();
  const stop = async () => {
    isStopped = true;
    await writing;
    return ids;
  };
  return { ids, stop };
}

function testBackup(method: BackupMethod, skip: string | false = false): void {
  describe(`a store restored from a backup (${method.name})`, { skip }, () => {
    const stack = new AsyncDisposableStack();
    let state: Awaited<ReturnType<typeof createState>>;
    let written: string[];
    let countBefore: number;
    let restored: OpenAI;
    before(async () => {
      const weather = stack.use(await startCurrentServer());
      const servers = { weather: { url: weather.url } };
      const store = stack.use(await method.open());
      let url: string;
      {
        await using server = await startMcpTalaria(servers, { STORE_URL: store.url });
        state = await createState(server.openai);
        const writer = startWriting(server.openai);
        await waitUntil(() => writer.ids.length >= 5);
        countBefore = writer.ids.length;
        url = await store.backUp();
        const countAfter = writer.ids.length;
        await waitUntil(() => writer.ids.length > countAfter);
        written = await writer.stop();
      }
      restored = stack.use(await startMcpTalaria(servers, { STORE_URL: url })).openai;
    });
    after(() => stack.disposeAsync());

    it('has what was written before the copy, without gaps, and nothing later', async () => {
      const isStored = (id: string) =>
        restored.responses.retrieve(id).then(
          () => true,
          (reason) => {
            assert.ok(reason instanceof NotFoundError, `${reason}`);
            return false;
          },
        );
      const stored = await Promise.all(written.map(isStored));
      const count = stored.filter(Boolean).length;
      assert.ok(count >= countBefore && count < written.length, `${countBefore} ≤ ${count} < ${written.length}`);
      assert.deepEqual(stored, stored.toSorted().reverse(), 'what is missing is at the end');
      const last = { previous_response_id: written[count - 1] ?? '' };
      const { status } = await restored.responses.create({ model, input: '/say And on.', ...last });
      assert.equal(status, 'completed');
    });

    it('continues chains, and lists what they said', async () => {
      const next = await restored.responses.create({ model, input: 'And?', previous_response_id: state.first.id });
      assert.equal(next.status, 'completed');
      const { output_text } = await restored.responses.retrieve(state.first.id);
      assert.equal(output_text, 'My name is Ada.');
    });

    it('opens sealed content', async () => {
      const input: ResponseInputItem[] = [...state.compacted, { role: 'user', content: '/say Opened.' }];
      assert.equal((await restored.responses.create({ model, input })).output_text, 'Opened.');
    });

    it('runs the call that waited for approval', async () => {
      const answer = { type: 'mcp_approval_response', approval_request_id: state.request.id, approve: true } as const;
      const body = { model, tools, input: [answer], previous_response_id: state.asked.id };
      const { output } = await restored.responses.create(body);
      assert.match(output.find((item) => item.type === 'mcp_call')?.output ?? '', /Paris: 18 degrees/);
    });

    it('answers a retried request with the same response', async () => {
      const again = await restored.responses.create(keyed, { headers: { 'idempotency-key': idempotencyKey } });
      assert.equal(again.id, state.once.id);
    });
  });
}

const servers: TestServer[] = [];
await withTestServer((server) => void servers.push(server));

testBackup(sqliteBackup);
for (const server of servers) {
  testBackup(snapshotBackup(server));
  testBackup(dumpBackup(server), await whyNoDump(server));
}
