import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import SqliteDatabase from 'better-sqlite3';
import type { ResponseId } from '../../../src/ids.ts';
import { migrations } from '../../../src/store/sqlite/migrations/migrate.ts';
import { keepConversation } from '../stored-conversation.ts';
import { createStoredResponse } from '../stored-response.ts';
import { beginResponse, readLog } from '../stored-run.ts';
import { turnIds } from '../suite/open-store.ts';
import { createTestFile, openTestDatabase } from './test-database.ts';

/** The rows that version 1 wrote for a chain of two, the first of them hidden, and for another tenant's response. */
const version1Rows = `
  PRAGMA application_id = 0x546c7261;
  PRAGMA user_version = 1;
  INSERT INTO responses (key, tenant, id, parent_key, session_id, created_at, used) VALUES
    (1, 'tenant-a', 'resp_1', NULL, 'sess_1', 1700000000, NULL),
    (2, 'tenant-a', 'resp_2', 1, 'sess_1', 1700000001, 1),
    (3, 'tenant-b', 'resp_3', NULL, 'sess_2', 1700000002, 2);
  INSERT INTO resources VALUES (1, '{"instructions":"Be brief."}'), (2, '{"instructions":null}'), (3, '{}');
  INSERT INTO items VALUES
    (1 << 24 | 0, 0, '{"type":"message","id":"msg_1","text":"one"}'),
    (1 << 24 | 1, 1, '{"id":"msg_2","text":"two"}'),
    (2 << 24 | 0, 0, '{"id":"naïve \\u0022\\u65e5","text":"three"}'),
    (2 << 24 | 1, 1, '{"id":"msg_4","text":"four"}'),
    (3 << 24 | 0, 0, '{"id":"msg_4","text":"theirs"}'),
    (3 << 24 | 1, 1, '{"text":"no id"}'),
    (3 << 24 | 2, 1, '{"id":null,"text":"null id"}');
`;

/** The rows that version 2 wrote for a turn of a conversation, the hidden response before it, and a chat completion. */
const version2Rows = `
  PRAGMA application_id = 0x546c7261;
  PRAGMA user_version = 2;
  INSERT INTO conversations (key, tenant, id, session_id, created_at, used, metadata) VALUES
    (1, 'tenant-a', 'conv_1', 'sess_c', 1700000000, 1, '{"a":"b"}');
  INSERT INTO responses (key, tenant, id, parent_key, session_id, created_at, used, conversation_key) VALUES
    (1, 'tenant-a', 'resp_1', NULL, 'sess_1', 1700000000, NULL, NULL),
    (2, 'tenant-a', 'resp_2', 1, 'sess_1', 1700000001, 1, 1);
  INSERT INTO resources VALUES (1, '{}'), (2, '{"instructions":"Be brief.","status":"completed"}');
  INSERT INTO items VALUES
    (1 << 24 | 0, 'tenant-a', 'msg_1', 0, '{"id":"msg_1","text":"one"}'),
    (2 << 24 | 0, 'tenant-a', 'msg_2', 0, '{"id":"msg_2","text":"two"}'),
    (2 << 24 | 1, 'tenant-a', 'msg_3', 1, '{"id":"msg_3","text":"three"}');
  INSERT INTO conversation_items VALUES
    (1 << 32 | 1, 'tenant-a', 'msg_0', NULL, '{"id":"msg_0","text":"zero"}'),
    (1 << 32 | 2, 'tenant-a', 'msg_2', 2 << 24 | 0, NULL),
    (1 << 32 | 3, 'tenant-a', 'msg_3', 2 << 24 | 1, NULL);
  INSERT INTO chat_completions (key, tenant, id, created_at, used, model, metadata) VALUES
    (1, 'tenant-a', 'chatcmpl-1', 1700000002, 1, 'model-a', '{}');
  INSERT INTO chat_completion_contents VALUES (1, '{"id":"chatcmpl-1"}', '[{"id":"m-0"}]');
  INSERT INTO secrets VALUES ('name', x'0102');
`;

/** The rows that version 7 wrote for a running run with three events, and for an ended one. */
const version7Rows = `
  PRAGMA application_id = 0x546c7261;
  PRAGMA user_version = 7;
  INSERT INTO run_events VALUES (1, NULL, 0, 1, '"a"'), (2, NULL, 0, 2, '"b"'), (3, 1, 1, NULL, '"c"' || char(30) || '"d"');
  INSERT INTO runs (key, tenant, id, owner, ended_at, events, tail) VALUES
    (1, 'tenant-a', 'resp_1', 'server-a', NULL, 3, 3),
    (2, 'tenant-a', 'resp_2', 'server-a', 1700000000, 1, 2);
`;

/** Creates a file of an earlier version. */
function createVersion(file: string, rows: string, version: number): void {
  const database = new SqliteDatabase(file);
  for (const migration of migrations.slice(0, version)) database.exec(migration);
  database.exec(rows);
  database.close();
}

const createVersion1 = (file: string): void => createVersion(file, version1Rows, 1);

describe('a file of version 1', () => {
  it('returns its data', async () => {
    using created = createTestFile();
    createVersion1(created.file);
    await using opened = openTestDatabase({ file: created.file });
    const { responses } = opened.store;
    assert.deepEqual(await responses.get('tenant-a', 'resp_2'), {
      id: 'resp_2',
      tenant: 'tenant-a',
      parentId: 'resp_1',
      conversationId: undefined,
      sessionId: 'sess_1',
      createdAt: 1_700_000_001,
      input: [{ id: 'naïve "日', text: 'three' }],
      output: [{ id: 'msg_4', text: 'four' }],
      resource: { instructions: null },
    });
    assert.equal(await responses.get('tenant-a', 'resp_1'), undefined);
    assert.deepEqual((await responses.history('tenant-a', 'resp_2'))?.turns[0], {
      id: 'resp_1',
      input: [{ type: 'message', id: 'msg_1', text: 'one' }],
      output: [{ id: 'msg_2', text: 'two' }],
    });
    assert.equal((await responses.get('tenant-b', 'resp_3'))?.output.length, 2);
    assert.equal(await responses.count(), 2);
    assert.equal(opened.storedCount(), 3);
  });

  it('finds its items by their ids', async () => {
    using created = createTestFile();
    createVersion1(created.file);
    await using opened = openTestDatabase({ file: created.file });
    const { responses } = opened.store;
    const find = async (tenant: string) => {
      const found = await responses.findItems(tenant, ['msg_1', 'msg_2', 'naïve "日', 'msg_4']);
      return found
        .values()
        .map((item) => item['text'])
        .toArray();
    };
    assert.deepEqual(await find('tenant-a'), ['three', 'four']);
    assert.deepEqual(await find('tenant-b'), ['theirs']);
  });

  it('is written like any other', async () => {
    using created = createTestFile();
    createVersion1(created.file);
    await using opened = openTestDatabase({ file: created.file, maxResponses: 2 });
    const tenant = 'tenant-a';
    const conversation = await keepConversation(opened.store);
    const parentId: ResponseId = 'resp_2';
    const response = createStoredResponse({ parentId, conversationId: conversation.id });
    await opened.store.responses.put(response);
    assert.deepEqual(turnIds(await opened.store.responses.history(tenant, response.id)), [
      'resp_1',
      'resp_2',
      response.id,
    ]);
    assert.equal((await opened.store.conversations.history(tenant, conversation.id))?.items.length, 2);
    assert.equal(await opened.store.responses.get(tenant, 'resp_2'), undefined, 'the oldest is over the limit');
    assert.equal(await opened.store.responses.delete(tenant, response.id), true);
    assert.equal(opened.storedCount(), 1);
    assert.equal(opened.database.pragma('integrity_check', { simple: true }), 'ok');
    assert.deepEqual(opened.database.pragma('foreign_key_check'), []);
  });
});

describe('a file of version 2', () => {
  it('returns its data, which never expires', async () => {
    using created = createTestFile();
    createVersion(created.file, version2Rows, 2);
    await using opened = openTestDatabase({ file: created.file });
    const { responses, conversations, chatCompletions, secret, reap } = opened.store;
    assert.equal(await reap({ now: 9e9, logsBefore: 9e9, limit: 100 }), 0);
    const turns = (await responses.history('tenant-a', 'resp_2'))?.turns.map(({ input, output }) => [input, output]);
    assert.deepEqual(turns, [
      [[{ id: 'msg_1', text: 'one' }], []],
      [[{ id: 'msg_2', text: 'two' }], [{ id: 'msg_3', text: 'three' }]],
    ]);
    const response = await responses.get('tenant-a', 'resp_2');
    assert.equal(response?.conversationId, 'conv_1');
    assert.ok(response && !('expiresAt' in response));
    const said = (await conversations.history('tenant-a', 'conv_1'))?.items.map((item) => item['text']);
    assert.deepEqual(said, ['zero', 'two', 'three']);
    const completion = await chatCompletions.get('tenant-a', 'chatcmpl-1');
    assert.deepEqual(completion?.messages, [{ id: 'm-0' }]);
    assert.deepEqual(await secret('name'), Buffer.from([1, 2]));
    assert.equal(opened.storedCount(), 2);
  });

  it('is written like any other, and a replacement can expire and have a run', async () => {
    using created = createTestFile();
    createVersion(created.file, version2Rows, 2);
    await using opened = openTestDatabase({ file: created.file, maxResponses: 1 });
    const { store } = opened;
    const { run, response } = await beginResponse(store, { parentId: 'resp_2', expiresAt: 1000 });
    assert.equal(await store.responses.get('tenant-a', 'resp_2'), undefined, 'it is over the limit');
    assert.equal(await store.runs.append(run, ['1']), true);
    assert.equal(await store.runs.end(run, [], response), true);
    assert.equal(turnIds(await store.responses.history('tenant-a', response.id))?.length, 3);
    assert.equal(await store.reap({ now: 1000, logsBefore: 0, limit: 9 }), 1);
    assert.equal(opened.storedCount(), 0);
    assert.equal((await store.conversations.history('tenant-a', 'conv_1'))?.items.length, 3);
    assert.equal(opened.database.pragma('integrity_check', { simple: true }), 'ok');
    assert.deepEqual(opened.database.pragma('foreign_key_check'), []);
  });
});

describe('a file of version 7', () => {
  it('returns the logs of its runs, and those that are running continue', async () => {
    using created = createTestFile();
    createVersion(created.file, version7Rows, 7);
    await using opened = openTestDatabase({ file: created.file });
    const { store } = opened;
    assert.deepEqual(await readLog(store, 'resp_1'), { events: ['"a"', '"c"', '"d"'], state: 'running' });
    assert.deepEqual(await readLog(store, 'resp_2'), { events: ['"b"'], state: 'ended' });
    assert.equal((await store.runs.takeOrphans('server-b', 10, [])).length, 1);
    const run = { tenant: 'tenant-a', id: 'resp_1', owner: 'server-b' } as const;
    assert.equal(await store.runs.append(run, ['"e"']), true);
    assert.equal(await store.runs.end(run, ['"f"']), true);
    const events = ['"a"', '"c"', '"d"', '"e"', '"f"'];
    assert.deepEqual(await readLog(store, 'resp_1'), { events, state: 'ended' });
    assert.equal(opened.storedCount(), 0);
  });
});
