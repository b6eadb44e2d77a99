import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';
import { audits } from '../../src/verify/catalogue.ts';
import { createReplyCheck } from '../../src/verify/reply-check.ts';
import { verify } from '../../src/verify/verify.ts';
import { createTestSchema } from '../store/postgres/test-database.ts';
import { withTestServer } from '../store/postgres/test-server.ts';
import { key, otherKey, startTwoTenants } from './two-tenants.ts';

const directory = await mkdtemp(join(tmpdir(), 'talaria-verify-'));
after(() => rm(directory, { recursive: true, force: true }));

const check = createReplyCheck(loadContract());

/** Expects every audit to pass: none unsupported, skipped or inconclusive. */
async function expectAllToPass(storeUrl: string): Promise<void> {
  await using server = await startTwoTenants(storeUrl);
  const report = await verify({ url: new URL(server.url), key, otherKey, timeoutMs: 20_000 }, { audits, check });
  const others = report.results.filter(({ outcome }) => outcome !== 'pass');
  assert.deepEqual(
    others.map(({ id, outcome, message }) => `${id} ${outcome}: ${message}`),
    [],
  );
  assert.equal(report.totals.pass, audits.length);
  const left = await fetch(`${server.url}/v1/chat/completions`, { headers: { authorization: `Bearer ${key}` } });
  assert.match(await left.text(), /"data":\[\]/, 'it leaves nothing behind');
}

test('this server passes every audit over memory', () => expectAllToPass('memory:'));
test('this server passes every audit over SQLite', () => expectAllToPass(`sqlite:${join(directory, 'verify.db')}`));
await withTestServer((server) => {
  test('this server passes every audit over PostgreSQL', async () => {
    await using schema = await createTestSchema(server);
    await expectAllToPass(schema.url);
  });
});
