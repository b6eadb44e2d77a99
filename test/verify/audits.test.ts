import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';
import { audits } from '../../src/verify/catalogue.ts';
import { levelFor } from '../../src/verify/level-for.ts';
import { createReplyCheck } from '../../src/verify/reply-check.ts';
import { verify } from '../../src/verify/verify.ts';
import type { TestServer } from '../helpers/talaria.ts';
import { breakages } from './breakages.ts';
import { startBrokenServer } from './broken-server.ts';
import { key, otherKey, startTwoTenants } from './two-tenants.ts';

const check = createReplyCheck(loadContract());

let server: TestServer;
before(async () => {
  server = await startTwoTenants();
});
after(() => server[Symbol.asyncDispose]());

test('every audit has a broken server, and every broken server its audit', () => {
  assert.deepEqual(Object.keys(breakages).toSorted(), audits.map(({ id }) => id).toSorted());
});

test('the proxy in front of the conforming server changes nothing', async () => {
  await using sound = await startBrokenServer({ upstream: server.url });
  const report = await verify({ url: new URL(sound.url), key, otherKey, timeoutMs: 20_000 }, { audits, check });
  const others = report.results.filter(({ outcome }) => outcome !== 'pass');
  assert.deepEqual(
    others.map(({ id, outcome, message }) => `${id} ${outcome} ${message}`),
    [],
  );
});

describe('catches', { concurrency: 6 }, () => {
  for (const audit of audits) {
    const breakage = breakages[audit.id];
    if (!breakage) continue;
    test(`${audit.id}: a server that ${breakage.does}`, async () => {
      await using broken = await startBrokenServer({ upstream: server.url, hooks: breakage.hooks() });
      const isSilent = /^(disconnects\.|limits\.large|resume\.poll)/.test(audit.id);
      const settings = { url: new URL(broken.url), key, otherKey, timeoutMs: isSilent ? 4_000 : 20_000 };
      const [result] = (await verify(settings, { audits: [audit], check })).results;
      const level = levelFor(audit, check.binding);
      assert.equal(result?.outcome, level === 'MUST' ? 'fail' : 'warn', JSON.stringify(result));
      assert.doesNotMatch(result?.message ?? '', /the audit itself broke/);
    });
  }
});
