import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createConversation, keepConversation } from '../stored-conversation.ts';
import { tenant } from '../stored-response.ts';
import { PutProcess } from './put-process.ts';
import { createTestFile, openTestDatabase } from './test-database.ts';

/** Far more than it gets to before it is killed. */
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
    assert.equal(await opened.store.responses.count(), opened.kept());
  });
}

for (const afterPuts of [1, 200]) {
  it(`has each turn wholly or not at all in its conversation when it is killed at put ${afterPuts}`, async () => {
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
    assert.equal(items.length, 2 * opened.kept());
    const expected = acknowledged.flatMap((response) => [`msg_in_${response}`, `msg_out_${response}`]);
    assert.deepEqual(items.slice(0, expected.length), expected);
  });
}
