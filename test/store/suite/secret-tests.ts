import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { OpenStore } from './open-store.ts';

export function secretTests(open: OpenStore): void {
  it('are 32 bytes, the same for one name and different for another', async () => {
    await using opened = await open();
    const { store } = opened;
    const [one, again, other] = await Promise.all([store.secret('one'), store.secret('one'), store.secret('other')]);
    assert.equal(one.length, 32);
    assert.deepEqual(again, one);
    assert.notDeepEqual(other, one);
    assert.notDeepEqual(one, Buffer.alloc(32));
  });

  it('are random: another store has a different one', async () => {
    await using one = await open();
    await using other = await open();
    assert.notDeepEqual(await one.store.secret('name'), await other.store.secret('name'));
  });

  it('are not changed through returned bytes', async () => {
    await using opened = await open();
    const secret = await opened.store.secret('name');
    const before = Buffer.from(secret);
    secret.fill(0);
    assert.deepEqual(await opened.store.secret('name'), before);
  });
}
