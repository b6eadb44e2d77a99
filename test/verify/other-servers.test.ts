import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';
import { audits, selectAudits } from '../../src/verify/catalogue.ts';
import { createReplyCheck } from '../../src/verify/reply-check.ts';
import type { Outcome, Report } from '../../src/verify/report/report.ts';
import { verify } from '../../src/verify/verify.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { startUpstream } from '../helpers/upstream.ts';
import { startUpstreamProcess } from '../helpers/upstream-process.ts';

const check = createReplyCheck(loadContract());

const idsOf = ({ results }: Report, outcome: Outcome): string[] =>
  results.filter((result) => result.outcome === outcome).map(({ id }) => id);

test('an uncooperative model makes audits inconclusive, not failed', async () => {
  await using upstream = await startUpstream();
  await using server = await startTalaria({ AGENT_URL: upstream.url });
  const report = await verify(
    { url: new URL(server.url), timeoutMs: 20_000 },
    { audits: selectAudits(['chat', 'chat-stream', 'responses', 'stream', 'stream-items', 'tools']), check },
  );
  assert.equal(report.model, 'test-model');
  // This upstream ignores token limits.
  const unlimited = ['chat.limit', 'chat.old-limit', 'responses.incomplete', 'stream.incomplete'];
  assert.deepEqual(idsOf(report, 'fail'), unlimited);
  assert.ok(idsOf(report, 'inconclusive').includes('tools.call'));
  assert.ok(report.totals.pass > 50);
});

test('a server with chat only has everything else unsupported', async () => {
  await using upstream = await startUpstreamProcess();
  const report = await verify({ url: new URL(upstream.url), timeoutMs: 10_000 }, { audits, check });
  for (const area of ['responses', 'stream-items', 'tools', 'chains', 'conversations', 'resume', 'websocket']) {
    for (const { id, outcome, message } of report.results.filter((result) => result.area === area)) {
      assert.equal(outcome, 'unsupported', `${id}: ${message}`);
    }
  }
  for (const id of ['chat.shape', 'chat-stream.shape', 'chat-stream.done', 'models.list']) {
    assert.ok(idsOf(report, 'pass').includes(id), id);
  }
  assert.ok(idsOf(report, 'fail').includes('errors.invalid-json'));
});
