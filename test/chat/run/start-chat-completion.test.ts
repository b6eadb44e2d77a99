import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOfflineAgent } from '../../../src/agent/offline/offline-agent.ts';
import type { ChatChunk, ChatRequest } from '../../../src/chat/chat-deps.ts';
import type { ChatRun } from '../../../src/chat/run/live-chat-run.ts';
import { startChatCompletion } from '../../../src/chat/run/start-chat-completion.ts';
import { createMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { createRuns, plainSettings } from '../../helpers/create-runs.ts';
import { readEvents } from '../../helpers/event-batches.ts';

/** Starts a run over the offline agent. `warnings` collects the fields of logged warnings. */
async function start(fields: Partial<ChatRequest>, options: { includeUsage?: boolean; closeStore?: boolean } = {}) {
  const store = createMemoryStore();
  if (options.closeStore) await store[Symbol.asyncDispose]();
  const warnings: object[] = [];
  const log = { warn: (details: object) => warnings.push(details) };
  const request = { messages: [{ role: 'user' as const, content: '/say one two' }], ...fields };
  const { signal } = new AbortController();
  const run = await startChatCompletion(
    request,
    { ...plainSettings, agent: createOfflineAgent(), store, runs: createRuns(store), log },
    { signal, tenant: 'tenant', includeUsage: options.includeUsage ?? false },
  );
  return { run, store, warnings };
}

const read = ({ events }: ChatRun) => readEvents(events);

describe('a run of a chat completion', () => {
  it('uses the default model when the request names none', async () => {
    const { run } = await start({});
    assert.ok((await read(run)).every(({ model }) => model === 'offline'));
  });

  it('returns the service tier to clients that request one, and to no others', async () => {
    const asked = await read((await start({ service_tier: 'priority' }, { includeUsage: true })).run);
    assert.ok(asked.every((chunk) => chunk.service_tier === 'default'));
    for (const fields of [{}, { service_tier: null }]) {
      assert.ok((await read((await start(fields)).run)).every((chunk) => !('service_tier' in chunk)));
    }
  });

  it('stores a completion with its tenant and messages before the last chunk', async () => {
    const { run, store } = await start({ store: true, metadata: { topic: 'x' } });
    for await (const { events: chunks } of run.events) {
      const page = await store.chatCompletions.list('tenant', { limit: 10, order: 'asc' });
      assert.ok(page !== 'unknown-after');
      const isLast = chunks.some((chunk) => chunk.choices[0]?.finish_reason);
      assert.equal(page.data.length, isLast ? 1 : 0);
      if (!isLast) continue;
      const id = page.data[0]?.id;
      assert.ok(id);
      const stored = await store.chatCompletions.get('tenant', id);
      assert.deepEqual(stored?.metadata, { topic: 'x' });
      assert.equal(stored?.messages.length, 1);
      assert.equal(await store.chatCompletions.get('other', id), undefined);
    }
  });

  it('fails instead of completing when it could not be stored', async () => {
    const { run } = await start({ store: true }, { closeStore: true });
    const seen: ChatChunk[] = [];
    await assert.rejects(
      async () => {
        for await (const { events } of run.events) seen.push(...events);
      },
      { code: 'store_unavailable' },
    );
    assert.ok(seen.length > 0);
    assert.ok(seen.every((chunk) => chunk.choices[0]?.finish_reason === null));
  });

  it('does not use the store for a client that wants nothing stored', async () => {
    const { run } = await start({ store: false }, { closeStore: true });
    assert.equal((await read(run)).at(-1)?.choices[0]?.finish_reason, 'stop');
  });

  it('logs an omitted web search, which is unsupported', async () => {
    const { warnings } = await start({ web_search_options: {} });
    assert.deepEqual(warnings, [{ tools: ['web_search'] }]);
    assert.deepEqual((await start({ web_search_options: null })).warnings, []);
  });
});
