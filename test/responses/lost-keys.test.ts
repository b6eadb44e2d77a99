import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentClient } from '../../src/agent/agent-client.ts';
import { createOfflineAgent } from '../../src/agent/offline/offline-agent.ts';
import { ApiError } from '../../src/errors/api-error.ts';
import { createLog } from '../../src/log.ts';
import { createResponse } from '../../src/responses/create-response.ts';
import { readResponse } from '../../src/responses/read-response.ts';
import { recoverResponse } from '../../src/responses/recover-response.ts';
import type { ResponsesDeps } from '../../src/responses/responses-deps.ts';
import { createSealer } from '../../src/seal/seal.ts';
import type { Store } from '../../src/store/store.ts';
import { breakable } from '../helpers/breakable.ts';
import { createRuns, plainSettings } from '../helpers/create-runs.ts';
import { openTestStore } from '../helpers/open-test-store.ts';
import { storeKinds } from '../helpers/store-urls.ts';

const tenant = 'default';
const caller = { tenant, signal: new AbortController().signal, key: 'key' };
const request = { model: 'm', input: '/say made', background: true };

/** Creates an agent that refuses the first request, and counts requests. */
function refusingOnce() {
  const agent = createOfflineAgent();
  const counts = { asked: 0 };
  const refusing: AgentClient = {
    models: (options) => agent.models(options),
    async run(asked, options) {
      counts.asked += 1;
      if (counts.asked === 1) throw new ApiError('upstream_error', 'Not now.');
      return agent.run(asked, options);
    },
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
  };
  return { agent: refusing, counts };
}

/** Creates a server without a socket, on a store that can be made to fail. */
async function startOne(real: Store, agent: AgentClient, resumes: boolean) {
  const [ofRuns, ofKeys] = [breakable(real.runs), breakable(real.idempotency)];
  const store: Store = {
    responses: real.responses,
    conversations: real.conversations,
    chatCompletions: real.chatCompletions,
    runs: ofRuns.part,
    leases: real.leases,
    idempotency: ofKeys.part,
    approvals: real.approvals,
    usage: real.usage,
    webhooks: real.webhooks,
    runRecords: real.runRecords,
    load: real.load,
    secret: (name) => real.secret(name),
    reap: (reaped) => real.reap(reaped),
    storedBytes: (owner) => real.storedBytes(owner),
    check: () => real.check(),
    backlog: () => real.backlog(),
    [Symbol.asyncDispose]: async () => {},
  };
  const runs = createRuns(store);
  await real.leases.renew(runs.server, 60_000);
  const sealer = createSealer(await real.secret('seal'));
  const deps: ResponsesDeps = { ...plainSettings, agent, store, sealer, runs, log: createLog('silent'), resumes };
  return { deps, broken: ofRuns.broken, brokenKeys: ofKeys.broken };
}

/** Lets one server die and the other recover its runs. */
async function takeOver(deps: ResponsesDeps, dead: ResponsesDeps): Promise<void> {
  await dead.store.leases.release(dead.runs.server);
  for (const lost of await deps.store.runs.takeOrphans(deps.runs.server, 10, [])) await recoverResponse(lost, deps);
  await deps.runs.drained();
}

for (const kind of storeKinds) {
  describe(`the key of a response whose server died before it could store the failure (${kind.name})`, () => {
    for (const resumes of [false, true]) {
      it(`keeps its run until that has ended, and starts no second one (resumes: ${resumes})`, async () => {
        await using opened = await openTestStore(kind);
        const { agent, counts } = refusingOnce();
        const first = await startOne(opened.store, agent, resumes);
        const second = await startOne(opened.another, agent, resumes);
        first.broken.add('end');
        const { id } = await createResponse(request, first.deps, caller);
        await first.deps.runs.drained();
        const waiting = await createResponse(request, second.deps, caller);
        assert.deepEqual([waiting.id, waiting.replayed], [id, true], 'it may still be made');
        await takeOver(second.deps, first.deps);
        assert.equal(counts.asked, resumes ? 2 : 1);
        const { status } = await readResponse(id, second.deps, tenant);
        assert.equal(status, resumes ? 'completed' : 'failed');
        const after = await createResponse(request, second.deps, caller);
        assert.equal(after.replayed, resumes, 'a run that failed empty is retried');
        await second.deps.runs.drained();
        assert.equal(counts.asked, 2, 'it was made once');
        const last = await createResponse(request, second.deps, caller);
        assert.deepEqual([last.id, last.replayed], [after.id, true]);
      });
    }

    it('is released with the stored end: a dying server leaves nothing undone', async () => {
      await using opened = await openTestStore(kind);
      const { agent } = refusingOnce();
      const first = await startOne(opened.store, agent, false);
      first.brokenKeys.add('free');
      const { id } = await createResponse(request, first.deps, caller);
      await first.deps.runs.drained();
      await opened.store.leases.release(first.deps.runs.server);
      const second = await startOne(opened.another, agent, false);
      const next = await createResponse(request, second.deps, caller);
      assert.notEqual(next.id, id);
      await second.deps.runs.drained();
      assert.equal((await readResponse(next.id, second.deps, tenant)).status, 'completed');
    });
  });
}
