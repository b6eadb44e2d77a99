import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createStoredChatCompletion } from '../stored-chat-completion.ts';
import { createItem, keepConversation } from '../stored-conversation.ts';
import { createChain, createStoredResponse, tenant } from '../stored-response.ts';
import { type OpenStore, putAll } from './open-store.ts';

/** Returns a text of two-byte characters with about this many bytes. */
const large = 'é'.repeat(50_000);
const about = 100_000;

function assertAbout(bytes: number, expected: number): void {
  assert.ok(bytes >= expected && bytes <= expected * 1.1 + 1000, `${bytes} bytes, not about ${expected}`);
}

export function storageTests(open: OpenStore): void {
  it('is zero for a tenant without data', async () => {
    await using opened = await open();
    await opened.store.responses.put(createStoredResponse({ tenant: 'tenant-b' }));
    assert.equal(await opened.store.storedBytes(tenant), 0);
  });

  it('counts the items and the resources of responses, until they are deleted', async () => {
    await using opened = await open();
    const response = createStoredResponse({
      input: [createItem(large)],
      output: [createItem(large)],
      resource: { instructions: large },
    });
    await opened.store.responses.put(response);
    assertAbout(await opened.store.storedBytes(tenant), 3 * about);
    await opened.store.responses.put(response);
    assertAbout(await opened.store.storedBytes(tenant), 3 * about);
    await opened.store.responses.delete(tenant, response.id);
    assert.equal(await opened.store.storedBytes(tenant), 0);
  });

  it('counts hidden responses that descendants need', async () => {
    await using opened = await open();
    const [first, second] = createChain(2);
    assert.ok(first && second);
    first.input = [createItem(large)];
    await putAll(opened.store, [first, second]);
    await opened.store.responses.delete(tenant, first.id);
    assertAbout(await opened.store.storedBytes(tenant), about);
  });

  it('counts conversations, with the items that their responses leave', async () => {
    await using opened = await open();
    const { id } = await keepConversation(opened.store, { items: [createItem(large)], metadata: { a: large } });
    assertAbout(await opened.store.storedBytes(tenant), 2 * about);
    const response = createStoredResponse({ conversationId: id, input: [createItem(large)], output: [] });
    await opened.store.responses.put(response);
    await opened.store.responses.delete(tenant, response.id);
    assertAbout(await opened.store.storedBytes(tenant), 3 * about);
    await opened.store.conversations.delete(tenant, id);
    assert.equal(await opened.store.storedBytes(tenant), 0);
  });

  it('counts chat completions', async () => {
    await using opened = await open();
    const completion = createStoredChatCompletion({
      messages: [createItem(large)],
      resource: { large },
      metadata: { large },
    });
    await opened.store.chatCompletions.put(completion);
    assertAbout(await opened.store.storedBytes(tenant), 3 * about);
    await opened.store.chatCompletions.delete(tenant, completion.id);
    assert.equal(await opened.store.storedBytes(tenant), 0);
  });

  it('counts the requests and the logs of runs, each of their parts', async () => {
    await using opened = await open();
    const { runs } = opened.store;
    const event = JSON.stringify({ large });
    for (const owner of ['srv_1', 'srv_2']) {
      const run = { tenant, id: createStoredResponse().id, owner };
      await runs.begin({ ...run, request: event, events: [event] });
      for (let count = 0; count < 3; count++) await runs.append(run, [event, event]);
    }
    assertAbout(await opened.store.storedBytes(tenant), 2 * 8 * about);
    await opened.store.reap({ now: 0, logsBefore: 0, limit: 10 });
    assertAbout(await opened.store.storedBytes(tenant), 2 * 8 * about);
  });

  it('counts the newest events of a running run, and each once', async () => {
    await using opened = await open();
    const { runs, storedBytes } = opened.store;
    const run = { tenant, id: createStoredResponse().id, owner: 'srv_1' };
    await runs.begin({ ...run, request: undefined, events: [] });
    const event = `"${'x'.repeat(998)}"`;
    for (let number = 1; number <= 100; number++) {
      await runs.append(run, [event]);
      if (number % 10 === 0) assertAbout(await storedBytes(tenant), number * 1000);
    }
    await runs.end(run, []);
    assertAbout(await storedBytes(tenant), 100_000);
  });

  it('counts the journals of runs and the approvals', async () => {
    await using opened = await open();
    const { runs, approvals, storedBytes } = opened.store;
    const run = { tenant, id: createStoredResponse().id, owner: 'srv_1' };
    const step = JSON.stringify({ large });
    await runs.begin({ ...run, request: undefined, events: [] });
    await runs.append(run, [], [step, step]);
    await runs.append(run, ['{}'], [step]);
    assertAbout(await storedBytes(tenant), 3 * about);
    const approval = { tenant, id: 'mcpr_1', runId: run.id, hash: 'h', createdAt: 0, expiresAt: 9, state: step };
    await approvals.ask(approval);
    await approvals.answer(tenant, approval.id, { approve: false, reason: large, runId: run.id, now: 1 });
    assertAbout(await storedBytes(tenant), 5 * about);
    await runs.end(run, []);
    await opened.store.reap({ now: 9, logsBefore: 9e9, limit: 10 });
    assert.equal(await storedBytes(tenant), 0);
  });

  it('counts many things of each kind', async () => {
    await using opened = await open(1000);
    const text = 'x'.repeat(1000);
    for (let count = 0; count < 150; count++) {
      await opened.store.responses.put(createStoredResponse({ input: [createItem(text)], output: [], resource: {} }));
      await keepConversation(opened.store, { items: [createItem(text)] });
    }
    const bytes = await opened.store.storedBytes(tenant);
    assert.ok(bytes > 300_000 && bytes < 400_000, `${bytes}`);
  });
}
