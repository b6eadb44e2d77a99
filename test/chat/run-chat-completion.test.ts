import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOfflineAgent } from '../../src/agent/offline/offline-agent.ts';
import type { ChatChunk, ChatRequest } from '../../src/chat/chat-deps.ts';
import { runChatCompletion } from '../../src/chat/run-chat-completion.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { createRuns, plainSettings } from '../helpers/create-runs.ts';

/** One run over the offline agent; `warnings` are what the operator is told. */
async function start(fields: Partial<ChatRequest>, options: { includeUsage?: boolean; closeStore?: boolean } = {}) {
  const store = createMemoryStore();
  if (options.closeStore) await store[Symbol.asyncDispose]();
  const warnings: object[] = [];
  const log = { warn: (details: object) => warnings.push(details) };
  const request = { messages: [{ role: 'user' as const, content: '/say one two' }], ...fields };
  const { signal } = new AbortController();
  const run = await runChatCompletion(
    request,
    { agent: createOfflineAgent(), store, runs: createRuns(store), log, ...plainSettings },
    { signal, tenant: 'tenant', includeUsage: options.includeUsage ?? false },
  );
  return { run, store, warnings };
}

const read = async ({ chunks }: { chunks: AsyncIterable<readonly ChatChunk[]> }) =>
  (await Array.fromAsync(chunks)).flat();

describe('a run of a chat completion', () => {
  it('answers under the default model when none is named', async () => {
    const { run } = await start({});
    assert.ok((await read(run)).every(({ model }) => model === 'offline'));
  });

  it('tells a client that asks for a class of service which one it got, and no other client', async () => {
    const asked = await read((await start({ service_tier: 'priority' }, { includeUsage: true })).run);
    assert.ok(asked.every((chunk) => chunk.service_tier === 'default'));
    for (const fields of [{}, { service_tier: null }]) {
      assert.ok((await read((await start(fields)).run)).every((chunk) => !('service_tier' in chunk)));
    }
  });

  it('keeps a completion with its tenant and messages before the last chunk', async () => {
    const { run, store } = await start({ store: true, metadata: { topic: 'x' } });
    for await (const chunks of run.chunks) {
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

  it('fails instead of ending well when it could not be kept', async () => {
    const { run } = await start({ store: true }, { closeStore: true });
    const seen: ChatChunk[] = [];
    await assert.rejects(
      async () => {
        for await (const chunks of run.chunks) seen.push(...chunks);
      },
      { code: 'store_unavailable' },
    );
    assert.ok(seen.length > 0);
    assert.ok(seen.every((chunk) => chunk.choices[0]?.finish_reason === null));
  });

  it('does not touch the store for a client that wants nothing kept', async () => {
    const { run } = await start({ store: false }, { closeStore: true });
    assert.equal((await read(run)).at(-1)?.choices[0]?.finish_reason, 'stop');
  });

  it('tells the operator of a web search that this server has not got', async () => {
    const { warnings } = await start({ web_search_options: {} });
    assert.deepEqual(warnings, [{ tools: ['web_search'] }]);
    assert.deepEqual((await start({ web_search_options: null })).warnings, []);
  });
});
