import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOfflineAgent } from '../../src/agent/offline/offline-agent.ts';
import { createChatCompletion } from '../../src/chat/create-chat-completion.ts';
import { recoverChatCompletion } from '../../src/chat/recover-chat-completion.ts';
import { ApiError } from '../../src/errors/api-error.ts';
import { isResponseId } from '../../src/ids.ts';
import { createLog } from '../../src/log.ts';
import { createResponse } from '../../src/responses/create-response.ts';
import { recoverResponse } from '../../src/responses/recover-response.ts';
import type { ResponseEvent } from '../../src/responses/responses-deps.ts';
import { createSealer } from '../../src/seal/seal.ts';
import type { OrphanedRun } from '../../src/store/run-store.ts';
import type { Store } from '../../src/store/store.ts';
import { breakable } from '../helpers/breakable.ts';
import { createRuns, plainSettings } from '../helpers/create-runs.ts';
import { readEvents } from '../helpers/event-batches.ts';
import { openTestStore } from '../helpers/open-test-store.ts';
import { storeKinds } from '../helpers/store-urls.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { readLog } from '../store/stored-run.ts';

const tenant = 'default';
const caller = { tenant, signal: new AbortController().signal };
/** A caller that waits for a key for at most a minute. */
const patient = () => ({ tenant, signal: AbortSignal.timeout(60_000) });
const isUnavailable = (error: unknown) => error instanceof ApiError && error.code === 'store_unavailable';

/** Creates the services of a server, on a store whose runs can be made to fail. One concurrent run, no queue. */
async function setUp(real: Store) {
  const { part: runStore, broken, unanswered } = breakable(real.runs);
  const { part: idempotency, ...keys } = breakable(real.idempotency);
  const store: Store = {
    responses: real.responses,
    conversations: real.conversations,
    chatCompletions: real.chatCompletions,
    runs: runStore,
    leases: real.leases,
    idempotency,
    approvals: real.approvals,
    usage: real.usage,
    webhooks: real.webhooks,
    runRecords: real.runRecords,
    load: real.load,
    secret: (name) => real.secret(name),
    reap: (request) => real.reap(request),
    storedBytes: (owner) => real.storedBytes(owner),
    check: () => real.check(),
    backlog: () => real.backlog(),
    [Symbol.asyncDispose]: async () => {},
  };
  const runs = createRuns(store, { running: 1, waiting: 0, leaseMs: 3000 });
  await real.leases.renew(runs.server, 60_000);
  const sealer = createSealer(await real.secret('seal'));
  const deps = { agent: createOfflineAgent(), store, sealer, runs, log: createLog('silent'), ...plainSettings };
  return { deps, broken, unanswered, keys };
}

function assertContiguous(events: ResponseEvent[]): void {
  assert.deepEqual(
    events.map((event) => event.sequence_number),
    events.map((_, index) => index),
  );
}

for (const kind of storeKinds) {
  describe(`a store that fails for a moment (${kind.name})`, { concurrency: 4 }, () => {
    for (const how of ['before its reader', 'with a key']) {
      it(`ends a response ${how} as failed; no number is skipped, in the stream or in the log`, async () => {
        await using opened = await openTestStore(kind);
        const { deps, broken } = await setUp(opened.store);
        const request = { model: 'm', input: '/tokens 20 delay 5ms', stream: true };
        const key = how === 'with a key' ? 'key' : undefined;
        const { id, run } = await createResponse(request, deps, { ...caller, key });
        const events: ResponseEvent[] = [];
        for await (const batch of run.events) {
          events.push(...batch.events);
          if (events.length > 6) broken.add('append');
        }
        assert.equal(events.at(-1)?.type, 'response.failed');
        assertContiguous(events);
        const log = await readLog(opened.store, id, tenant);
        assert.equal(log?.state, 'ended');
        assert.deepEqual(
          log.events.map((text) => JSON.parse(text)),
          JSON.parse(JSON.stringify(events)),
        );
        broken.clear();
        assert.equal(deps.runs.slots.enter(tenant).ready, undefined, 'its slot is free');
      });
    }

    it('sends a reader no event that the log may never have; its end can be read there later', async () => {
      await using opened = await openTestStore(kind);
      const { deps, broken } = await setUp(opened.store);
      await using _runs = deps.runs;
      await deps.runs.start((run, error) => recoverResponse(run, deps, error));
      const request = { model: 'm', input: '/tokens 30 delay 5ms', stream: true };
      const { id, run } = await createResponse(request, deps, { ...caller, key: undefined });
      const sent: ResponseEvent[] = [];
      const read = async () => {
        for await (const batch of run.events) {
          sent.push(...batch.events);
          if (sent.length > 6) broken.add('append').add('end');
        }
      };
      await assert.rejects(read, isUnavailable);
      assert.equal(deps.runs.slots.enter(tenant).ready, undefined, 'its slot is free');
      broken.clear();
      await waitUntil(async () => (await readLog(opened.store, id, tenant))?.state === 'ended');
      const events = (await readLog(opened.store, id, tenant))?.events.map((text) => JSON.parse(text)) ?? [];
      assert.deepEqual(events.slice(0, sent.length), JSON.parse(JSON.stringify(sent)));
      assert.equal(events.at(-1)?.type, 'response.failed');
      assert.deepEqual(events.at(-1)?.response.error, {
        type: 'server_error',
        code: 'store_unavailable',
        message: 'The store cannot be reached.',
        param: null,
      });
      assertContiguous(events);
    });

    it('refuses a response that cannot begin, and releases its key and slot', async () => {
      await using opened = await openTestStore(kind);
      const { deps, broken } = await setUp(opened.store);
      for (const background of [false, true]) {
        const request = { model: 'm', input: '/say hi', background };
        const key = `key-${background}`;
        broken.add('begin').add('end');
        await assert.rejects(createResponse(request, deps, { ...caller, key }), isUnavailable);
        broken.clear();
        const { replayed, run } = await createResponse(request, deps, { ...caller, key });
        assert.equal(replayed, false);
        const events = await readEvents(run.events);
        assert.equal(events.at(-1)?.type, 'response.completed');
        await deps.runs.drained();
      }
    });

    it('ends a run that began unknown to its server', async () => {
      await using opened = await openTestStore(kind);
      const { deps, unanswered } = await setUp(opened.store);
      const lost: OrphanedRun[] = [];
      await using _runs = deps.runs;
      await deps.runs.start(async (run, error) => {
        lost.push(run);
        await (isResponseId(run.id) ? recoverResponse(run, deps, error) : recoverChatCompletion(run, deps, error));
      });
      unanswered.add('begin');
      const request = { model: 'm', input: '/say hi', background: true };
      await assert.rejects(createResponse(request, deps, { ...caller, key: undefined }), isUnavailable);
      const chat = { model: 'm', messages: [{ role: 'user' as const, content: '/say hi' }] };
      const options = { ...caller, includeUsage: true, key: 'key' };
      await assert.rejects(createChatCompletion(chat, deps, options), isUnavailable);
      await waitUntil(() => lost.length === 2);
      for (const { id } of lost) {
        await waitUntil(async () => (await readLog(opened.store, id, tenant))?.state === 'ended');
      }
    });

    for (const api of ['responses', 'chat completions']) {
      it(`releases a key of ${api} later when it could not be released immediately`, async () => {
        await using opened = await openTestStore(kind);
        const { deps, broken, keys } = await setUp(opened.store);
        await deps.runs.start(async () => {});
        await using _runs = deps.runs;
        const create = () =>
          api === 'responses'
            ? createResponse({ model: 'm', input: '/say hi', background: true }, deps, { ...patient(), key: 'key' })
            : createChatCompletion({ model: 'm', messages: [{ role: 'user', content: '/say hi' }] }, deps, {
                ...{ ...patient(), key: 'key', includeUsage: true },
              });
        broken.add('begin').add('end');
        keys.broken.add('free');
        await assert.rejects(create, isUnavailable);
        broken.clear();
        const next = create();
        keys.broken.clear();
        assert.equal((await next).replayed, false);
        await deps.runs.drained();
      });
    }

    it('releases a key that was reserved although the reply was lost', async () => {
      await using opened = await openTestStore(kind);
      const { deps, keys } = await setUp(opened.store);
      await deps.runs.start(async () => {});
      await using _runs = deps.runs;
      const request = { model: 'm', input: '/say hi', background: true };
      const create = () => createResponse(request, deps, { ...patient(), key: 'key' });
      keys.unanswered.add('reserve');
      keys.broken.add('free');
      await assert.rejects(create, isUnavailable);
      keys.unanswered.clear();
      keys.broken.clear();
      assert.equal((await create()).replayed, false);
      await deps.runs.drained();
    });

    it('refuses a chat completion that cannot begin, stops its agent, and releases its key and slot', async () => {
      await using opened = await openTestStore(kind);
      const { deps, broken } = await setUp(opened.store);
      const request = { model: 'm', messages: [{ role: 'user' as const, content: '/tokens 3 delay 1ms' }] };
      const options = { ...caller, includeUsage: true, key: 'key' };
      broken.add('begin');
      await assert.rejects(createChatCompletion(request, deps, options), isUnavailable);
      await deps.runs.drained();
      broken.clear();
      const { replayed, run } = await createChatCompletion(request, deps, options);
      assert.equal(replayed, false);
      assert.ok((await readEvents(run.events)).length > 3);
    });

    it('lets the log of a broken chat completion be ended later', async () => {
      await using opened = await openTestStore(kind);
      const { deps, broken } = await setUp(opened.store);
      const recovered: string[] = [];
      await using _runs = deps.runs;
      await deps.runs.start(async ({ id }) => void recovered.push(id));
      const request = { model: 'm', messages: [{ role: 'user' as const, content: '/tokens 30 delay 5ms' }] };
      await createChatCompletion(request, deps, { ...caller, includeUsage: true, key: 'key' });
      broken.add('append').add('end');
      await deps.runs.drained();
      broken.clear();
      await waitUntil(() => recovered.length === 1);
    });
  });
}
