import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createResponseId } from '../../../src/ids.ts';
import type { Reservation } from '../../../src/store/idempotency-store.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { beginResponse, beginRun, createRun, owner, readLog } from '../stored-run.ts';
import { waitUntil } from './lease-tests.ts';
import { type OpenStore, openHandles } from './open-store.ts';

const inSeconds = (seconds: number) => Math.ceil(Date.now() / 1000) + seconds;

const createReservation = (fields: Partial<Reservation> = {}): Reservation => ({
  tenant,
  key: 'key-1',
  fingerprint: 'print-1',
  id: createResponseId(),
  owner,
  expiresAt: inSeconds(3600),
  ...fields,
});

const toHeld = ({ fingerprint, id }: Reservation) => ({ fingerprint, id });

export function idempotencyTests(open: OpenStore): void {
  it('is reserved once, and returns the reservation that holds it to the others', async () => {
    await using opened = await open();
    const { idempotency, leases } = opened.store;
    await leases.renew(owner, 60_000);
    const first = createReservation();
    assert.equal(await idempotency.reserve(first), undefined);
    assert.deepEqual(await idempotency.reserve(createReservation({ fingerprint: 'print-2' })), toHeld(first));
    assert.deepEqual(await idempotency.reserve(first), toHeld(first));
    const long = createReservation({ key: `${'ä'.repeat(254)}'` });
    assert.equal(await idempotency.reserve(long), undefined);
    assert.deepEqual(await idempotency.reserve(createReservation({ key: long.key })), toHeld(long));
    const theirs = createReservation({ tenant: 'tenant-b' });
    assert.equal(await idempotency.reserve(theirs), undefined, 'each tenant has its own');
    assert.deepEqual(await idempotency.reserve(createReservation()), toHeld(first));
  });

  it('is reserved by one of twenty concurrent calls, through any handle', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    await one.leases.renew(owner, 60_000);
    const reservations = Array.from({ length: 20 }, (_, index) => createReservation({ fingerprint: `${index}` }));
    const results = await Promise.all(
      reservations.map((reservation, index) => (index % 2 === 0 ? one : two).idempotency.reserve(reservation)),
    );
    const winners = reservations.filter((_, index) => results[index] === undefined);
    const [winner] = winners;
    assert.equal(winners.length, 1);
    assert.ok(winner);
    for (const result of results) assert.deepEqual(result ?? toHeld(winner), toHeld(winner));
  });

  it('is freed only with the run that holds it', async () => {
    await using opened = await open();
    const { idempotency, leases } = opened.store;
    await leases.renew(owner, 60_000);
    const first = createReservation();
    await idempotency.reserve(first);
    await idempotency.free(tenant, createResponseId());
    await idempotency.free('tenant-b', first.id);
    assert.deepEqual(await idempotency.reserve(createReservation()), toHeld(first));
    await idempotency.free(tenant, first.id);
    assert.equal(await idempotency.reserve(createReservation()), undefined);
  });

  it('is free from the second of its expiry, and not before', async () => {
    await using opened = await open();
    const { idempotency, leases } = opened.store;
    await leases.renew(owner, 60_000);
    const past = createReservation({ key: 'past', expiresAt: Math.floor(Date.now() / 1000) });
    assert.equal(await idempotency.reserve(past), undefined);
    assert.equal(await idempotency.reserve({ ...past, expiresAt: inSeconds(3600) }), undefined);
    const soon = createReservation({ expiresAt: Math.ceil(Date.now() / 1000 + 0.7) });
    assert.equal(await idempotency.reserve(soon), undefined);
    const next = createReservation();
    assert.deepEqual(await idempotency.reserve(next), toHeld(soon));
    await waitUntil(0, async () => (await idempotency.reserve(next)) === undefined);
    assert.ok(Date.now() >= soon.expiresAt * 1000 - 20);
    assert.deepEqual(await idempotency.reserve(createReservation()), toHeld(next));
  });

  it('is free when the server died before the run began', async () => {
    await using opened = await open();
    const { idempotency, leases } = opened.store;
    await leases.renew(owner, 60_000);
    const first = createReservation();
    assert.equal(await idempotency.reserve(first), undefined);
    await leases.release(owner);
    const second = createReservation({ owner: 'server-b' });
    await leases.renew('server-b', 60_000);
    assert.equal(await idempotency.reserve(second), undefined);
    assert.deepEqual(await idempotency.reserve(createReservation()), toHeld(second));
    await beginRun(opened.store, { id: first.id });
    await leases.release('server-b');
    assert.equal(await idempotency.reserve(createReservation()), undefined, 'the first run is not what held it');
  });

  it('lets its run begin only while it names that run', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    const response = createStoredResponse({ output: [] });
    const [asleep, awake] = [createReservation({ id: response.id }), createReservation({ owner: 'server-b' })];
    const run = createRun({ id: response.id, reserved: true, events: ['"first"'] });
    const begin = () => one.runs.begin(run, response);
    assert.equal(await begin(), false, 'nothing was reserved');
    assert.equal(await one.idempotency.reserve(asleep), undefined);
    assert.equal(await two.idempotency.reserve(awake), undefined, 'its server seems to be dead');
    assert.equal(await begin(), false);
    assert.equal(await readLog(one, run.id), undefined);
    assert.equal(await one.responses.get(tenant, response.id), undefined);
    assert.equal(await two.runs.begin(createRun({ id: awake.id, owner: 'server-b', reserved: true })), true);
    assert.equal(await begin(), false);
    await two.idempotency.free(tenant, awake.id);
    assert.equal(await begin(), false, 'no key names it');
    assert.equal(await one.idempotency.reserve(asleep), undefined);
    assert.equal(await one.runs.begin({ ...run, tenant: 'tenant-b' }), false, 'each tenant has its own');
    assert.equal(await begin(), true);
    assert.deepEqual(await two.responses.get(tenant, response.id), response);
    assert.deepEqual((await readLog(two, run.id))?.events, run.events);
  });

  it('is either begun with or reserved by another server, never both', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    for (let round = 0; round < 20; round++) {
      const first = createReservation({ key: `${round}` });
      await one.idempotency.reserve(first);
      const [isBegun, held] = await Promise.all([
        one.runs.begin(createRun({ id: first.id, reserved: true })),
        two.idempotency.reserve({ ...first, id: createResponseId(), owner: 'server-b' }),
      ]);
      assert.equal(isBegun, held !== undefined, `round ${round}`);
    }
  });

  it('is not reserved again by its own server after its lease has expired', async () => {
    await using opened = await open();
    const { idempotency, leases } = opened.store;
    const first = createReservation();
    assert.equal(await idempotency.reserve(first), undefined);
    await leases.release(owner);
    assert.deepEqual(await idempotency.reserve(createReservation()), toHeld(first));
    assert.equal(await idempotency.reserve(createReservation({ owner: 'server-b' })), undefined);
  });

  it('is held by a run that has begun, even after its server died, until the run is removed', async () => {
    await using opened = await open();
    const { idempotency, responses, runs } = opened.store;
    const { response, run } = await beginResponse(opened.store);
    const id = createResponseId();
    const reservation = createReservation({ id });
    assert.equal(await idempotency.reserve(reservation), undefined);
    const begun = await beginRun(opened.store, { id, reserved: true });
    const held = async () => assert.deepEqual(await idempotency.reserve(createReservation()), toHeld(reservation));
    await held();
    await runs.takeOrphans('server-b', 10, []);
    await held();
    await runs.end({ ...begun, owner: 'server-b' }, [], { ...response, id });
    await held();
    assert.equal(await runs.append({ ...run, owner: 'server-b' }, []), true);
    await responses.delete(tenant, id);
    assert.equal(await idempotency.reserve(createReservation()), undefined, 'what held it is gone');
  });

  it('is removed when it has expired, oldest first and at most the limit', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.leases.renew(owner, 60_000);
    const at = inSeconds(1000);
    const reservations = [3, 1, 2].map((second) => createReservation({ key: `${second}`, expiresAt: at + second }));
    for (const reservation of reservations) await store.idempotency.reserve(reservation);
    const [third, first, second] = reservations;
    assert.ok(first && second && third);
    assert.equal(await store.reap({ now: at, logsBefore: 0, limit: 10 }), 0);
    assert.equal(await store.reap({ now: at + 3, logsBefore: 0, limit: 1 }), 1);
    assert.deepEqual(await store.idempotency.reserve({ ...second, id: first.id }), toHeld(second));
    assert.equal(await store.idempotency.reserve({ ...first, expiresAt: at + 4 }), undefined);
    assert.equal(await store.reap({ now: at + 3, logsBefore: 0, limit: 10 }), 2);
    assert.equal(await store.reap({ now: at + 3, logsBefore: 0, limit: 10 }), 0);
    assert.equal(await store.idempotency.reserve(third), undefined);
  });
}
