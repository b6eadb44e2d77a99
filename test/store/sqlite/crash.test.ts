import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createResponseId } from '../../../src/ids.ts';
import { createConversation, keepConversation } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { PutProcess } from './put-process.ts';
import { StoreProcess } from './store-process.ts';
import { createTestFile, openTestDatabase } from './test-database.ts';

/** Far more than the process writes before it is killed. */
const endless = 20_000;

for (const afterPuts of [1, 40, 700]) {
  it(`loses nothing acknowledged when its process is killed at put ${afterPuts}`, async () => {
    using created = createTestFile();
    using writer = new PutProcess(created.file, endless);
    await writer.ready();
    writer.start();
    const acknowledged = await writer.acknowledged(afterPuts);
    writer.kill();
    acknowledged.push(...(await writer.acknowledged()));
    assert.equal(await writer.ended(), null, 'it was killed before it was done');

    await using opened = openTestDatabase({ file: created.file });
    assert.deepEqual(opened.database.pragma('integrity_check', { simple: true }), 'ok');
    assert.deepEqual(opened.database.pragma('foreign_key_check'), []);
    const last = acknowledged.at(-1);
    assert.ok(last);
    const history = await opened.store.responses.history(tenant, last);
    assert.deepEqual(
      history?.turns.map((turn) => turn.id),
      acknowledged,
    );
    assert.equal(await opened.store.responses.count(), opened.storedCount());
  });
}

for (const afterPuts of [1, 200]) {
  it(`has each turn completely or not at all in its conversation when it is killed at put ${afterPuts}`, async () => {
    using created = createTestFile();
    const { id } = createConversation();
    {
      await using opened = openTestDatabase({ file: created.file });
      await keepConversation(opened.store, { id });
    }
    using writer = new PutProcess(created.file, endless, id);
    await writer.ready();
    writer.start();
    const acknowledged = await writer.acknowledged(afterPuts);
    writer.kill();
    acknowledged.push(...(await writer.acknowledged()));
    assert.equal(await writer.ended(), null, 'it was killed before it was done');

    await using opened = openTestDatabase({ file: created.file });
    const items = (await opened.store.conversations.history(tenant, id))?.items.map((item) => item.id) ?? [];
    assert.equal(items.length, 2 * opened.storedCount());
    const expected = acknowledged.flatMap((response) => [`msg_in_${response}`, `msg_out_${response}`]);
    assert.deepEqual(items.slice(0, expected.length), expected);
  });
}

const appendEvents = import.meta.resolve('./children/append-events.ts');

for (const afterAppends of [1, 60, 200]) {
  it(`loses no event acknowledged when its process is killed at append ${afterAppends}`, async () => {
    using created = createTestFile();
    const id = createResponseId();
    using writer = new StoreProcess(appendEvents, [created.file, id, `${endless}`]);
    await writer.ready();
    writer.start();
    const acknowledged: string[] = [];
    for (let line = await writer.nextLine(); line !== undefined; line = await writer.nextLine()) {
      acknowledged.push(line);
      if (acknowledged.length === afterAppends) writer.kill();
    }
    assert.equal(await writer.ended(), null, 'it was killed before it was done');

    await using opened = openTestDatabase({ file: created.file });
    assert.deepEqual(opened.database.pragma('integrity_check', { simple: true }), 'ok');
    const { runs, responses } = opened.store;
    const log = await runs.read(tenant, id, { after: -1, limit: endless });
    assert.equal(log?.state, 'running');
    const { events } = log;
    assert.ok(events.length >= acknowledged.length && acknowledged.length >= afterAppends);
    assert.deepEqual(
      events,
      Array.from(events, (_, number) => `${number}`),
    );
    const [lost] = await runs.takeOrphans('server-b', 10, []);
    assert.deepEqual(lost, { tenant, id, request: '{"model":"model-a"}', attempts: 1 });
    const response = createStoredResponse({ id });
    assert.equal(await runs.end({ tenant, id, owner: 'server-b' }, ['"last"'], response), true);
    assert.deepEqual(await responses.get(tenant, id), response);
    const rest = await runs.read(tenant, id, { after: events.length - 1, limit: 10 });
    assert.deepEqual(rest, { events: ['"last"'], state: 'ended' });
    assert.equal(opened.storedCount(), 1);
  });
}
