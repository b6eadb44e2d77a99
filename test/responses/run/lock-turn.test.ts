import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../../../src/errors/api-error.ts';
import { createConversationId } from '../../../src/ids.ts';
import { lockTurn } from '../../../src/responses/run/lock-turn.ts';
import type { Runs } from '../../../src/runs/runs.ts';
import type { Store } from '../../../src/store/store.ts';
import { breakable } from '../../helpers/breakable.ts';
import { createRuns } from '../../helpers/create-runs.ts';
import { openTestStore } from '../../helpers/open-test-store.ts';
import { storeKinds } from '../../helpers/store-urls.ts';
import { waitUntil } from '../../helpers/wait-until.ts';

const tenant = 'default';

async function startRuns(store: Pick<Store, 'runs' | 'leases' | 'idempotency'>): Promise<Runs> {
  const runs = createRuns(store);
  await store.leases.renew(runs.server, 60_000);
  return runs;
}

for (const kind of storeKinds) {
  describe(`the turn of a conversation (${kind.name})`, () => {
    it('is refused while another turn holds the lock, on any server, and not for other conversations', async () => {
      await using opened = await openTestStore(kind);
      const [one, other] = [await startRuns(opened.store), await startRuns(opened.another)];
      const conversation = createConversationId();
      await using _held = await lockTurn({ conversation }, { runs: one }, tenant);
      for (const runs of [one, other]) {
        await assert.rejects(
          lockTurn({ conversation: { id: conversation } }, { runs }, tenant),
          (error: unknown) => error instanceof ApiError && error.code === 'conversation_locked',
        );
        await using _theirs = await lockTurn({ conversation }, { runs }, `${tenant}-${runs.server}`);
      }
      await using _other = await lockTurn({ conversation: createConversationId() }, { runs: other }, tenant);
    });

    it('gets the lock while the previous turn releases it', async () => {
      await using opened = await openTestStore(kind);
      const one = await startRuns(opened.store);
      const { part: leases, calls } = breakable(opened.another.leases);
      const other = await startRuns({ ...opened.another, runs: opened.another.runs, leases });
      const conversation = createConversationId();
      const before = await lockTurn({ conversation }, { runs: one }, tenant);
      const next = lockTurn({ conversation }, { runs: other }, tenant);
      await waitUntil(() => calls.has('lock'));
      await before[Symbol.asyncDispose]();
      await (await next)[Symbol.asyncDispose]();
    });
  });
}
