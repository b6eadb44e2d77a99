import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createItemId, createResponseId, createWebhookId } from '../../../src/ids.ts';
import type { Store } from '../../../src/store/store.ts';
import type { NewWebhook, TakenWebhook, TakeRequest } from '../../../src/store/webhook-store.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { beginResponse, beginRun } from '../stored-run.ts';
import { type OpenStore, openHandles } from './open-store.ts';

const now = 1_700_000_000_000;
const endpoint = 'billing';
/** Longer than any test. */
const retryAt = now + 60_000;

const createWebhook = (fields: Partial<NewWebhook> = {}): NewWebhook => ({
  id: createWebhookId(),
  endpoint,
  body: '{"id":"evt_1"}',
  dueAt: now,
  expiresAt: now / 1000 + 60,
  ...fields,
});

const take = ({ webhooks }: Store, request: Partial<TakeRequest> = {}): Promise<TakenWebhook[]> =>
  webhooks.take({ endpoint, now, retryAt, limit: 10, ...request });

const ids = (taken: readonly { id: string }[]): string[] => taken.map(({ id }) => id).sort();

/** Adds webhooks with the end of a run without a response. */
async function add(store: Store, ...webhooks: NewWebhook[]): Promise<NewWebhook[]> {
  await store.runs.end(await beginRun(store), [], undefined, webhooks);
  return webhooks;
}

/** Tests webhooks. */
export function webhookTests(open: OpenStore): void {
  it('is added with the end of a run and its response, and not when the run has ended elsewhere', async () => {
    await using opened = await open();
    const { store } = opened;
    const { run, response } = await beginResponse(store);
    const body = JSON.stringify({ text: 'naïve \0 \ud800 \u001e \\ "' });
    const webhook = createWebhook({ body });
    const others = [createWebhook(), createWebhook({ endpoint: 'other' })];
    assert.equal(await store.runs.end({ ...run, owner: 'another' }, ['"no"'], response, [createWebhook()]), false);
    assert.equal(await store.runs.end(run, ['"last"'], response, [webhook, ...others]), true);
    assert.equal(await store.runs.end(run, ['"more"'], response, [createWebhook()]), false);
    assert.deepEqual((await store.responses.get(tenant, response.id))?.resource, response.resource);
    const taken = await take(store);
    assert.deepEqual(ids(taken), ids([webhook, ...others.slice(0, 1)]));
    const { id, expiresAt } = webhook;
    assert.deepEqual(
      taken.find((found) => found.id === id),
      { id, body, expiresAt, attempts: 1 },
    );
    assert.deepEqual(ids(await take(store, { endpoint: 'other' })), ids(others.slice(1)));
  });

  it('is added with an approval, once', async () => {
    await using opened = await open();
    const { store } = opened;
    const approval = { tenant, id: createItemId('mcpr'), runId: createResponseId(), hash: 'h', createdAt: 1 };
    const webhook = createWebhook();
    await store.approvals.ask({ ...approval, expiresAt: 9e9 }, [webhook]);
    await store.approvals.ask({ ...approval, expiresAt: 9e9 }, [createWebhook()]);
    assert.ok(await store.approvals.get(tenant, approval.id));
    assert.deepEqual(ids(await take(store)), [webhook.id]);
  });

  it('survives the deletion of what it announces', async () => {
    await using opened = await open();
    const { store } = opened;
    const { run, response } = await beginResponse(store);
    await store.runs.end(run, [], response, [createWebhook()]);
    await store.responses.delete(tenant, response.id);
    assert.equal((await take(store)).length, 1);
  });

  it('is taken when it is due, oldest first, and again if it is not settled until then', async () => {
    await using opened = await open();
    const { store } = opened;
    const [first, second, third] = [
      createWebhook({ dueAt: now - 1 }),
      createWebhook(),
      createWebhook({ dueAt: now + 1 }),
    ];
    await add(store, third, second, first);
    assert.deepEqual(ids(await take(store, { limit: 1 })), [first.id]);
    assert.deepEqual(ids(await take(store)), [second.id]);
    assert.deepEqual(await take(store), []);
    assert.deepEqual(ids(await take(store, { now: now + 1 })), [third.id]);
    assert.deepEqual(await take(store, { now: retryAt - 1 }), []);
    const again = await take(store, { now: retryAt, retryAt: retryAt + 1 });
    assert.deepEqual(
      again.map(({ attempts }) => attempts),
      [2, 2, 2],
    );
  });

  it('is taken by one of concurrent callers', async () => {
    await using opened = await open();
    const handles = await openHandles(opened);
    const webhooks = await add(opened.store, ...Array.from({ length: 30 }, () => createWebhook()));
    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, index) => take(handles[index % 2 === 0 ? 0 : 1], { limit: 5 })),
    );
    const rest = await take(opened.store, { limit: 100 });
    assert.deepEqual(ids([...taken.flat(), ...rest]), ids(webhooks));
  });

  it('is postponed by the last who took it, and gone once it is removed', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    await add(one, createWebhook());
    const [early = assert.fail()] = await take(one);
    const [late = assert.fail()] = await take(two, { now: retryAt, retryAt: retryAt + 10 });
    await one.webhooks.postpone(early, 0);
    assert.deepEqual(await take(two, { now: retryAt }), []);
    await two.webhooks.postpone(late, retryAt + 5);
    assert.deepEqual(await take(one, { now: retryAt + 4 }), []);
    const [last = assert.fail()] = await take(one, { now: retryAt + 5, retryAt });
    assert.equal(last.attempts, 3);
    await two.webhooks.remove(last.id);
    await two.webhooks.remove(last.id);
    await one.webhooks.postpone(last, 0);
    assert.deepEqual(await take(one, { now: retryAt }), []);
  });

  it('is reaped from its second on, whether it was taken or not', async () => {
    await using opened = await open();
    const { store } = opened;
    const expiresAt = now / 1000 + 60;
    const reapAt = (seconds: number, limit = 10) => store.reap({ now: seconds, logsBefore: 0, limit });
    await add(store, createWebhook(), createWebhook({ expiresAt: expiresAt - 1 }), createWebhook({ dueAt: now + 1 }));
    await take(store);
    assert.equal(await reapAt(expiresAt - 2), 0);
    assert.equal(await reapAt(expiresAt, 1), 1);
    assert.equal(await reapAt(expiresAt), 2);
    assert.deepEqual(await take(store, { now: retryAt }), []);
  });

  it('is announced to watchers when it can be taken', async () => {
    await using opened = await open();
    const { store } = opened;
    const taken: Promise<TakenWebhook[]>[] = [];
    const watch = store.webhooks.watch(() => taken.push(take(store)));
    const [webhook = assert.fail()] = await add(store, createWebhook());
    assert.deepEqual(ids((await Promise.all(taken)).flat()), [webhook.id]);
    const approval = { tenant, id: createItemId('mcpr'), runId: createResponseId(), hash: 'h', createdAt: 1 };
    await store.approvals.ask({ ...approval, expiresAt: 9e9 }, [createWebhook()]);
    await store.runs.end(await beginRun(store), []);
    await store.runs.end({ ...(await beginRun(store)), owner: 'another' }, [], undefined, [createWebhook()]);
    assert.equal(taken.length, 2, 'of events with webhooks, not of others');
    watch[Symbol.dispose]();
    await add(store, createWebhook());
    assert.equal(taken.length, 2);
  });

  it('does not count as content of the tenant', async () => {
    await using opened = await open();
    const { store } = opened;
    const { run, response } = await beginResponse(store, createStoredResponse({ tenant: 'tenant-w' }));
    await store.runs.end(run, [], response);
    const bytes = await store.storedBytes('tenant-w');
    await add(store, createWebhook());
    assert.equal(await store.storedBytes('tenant-w'), bytes);
  });
}
