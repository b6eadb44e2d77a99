import { limits } from '../../src/config/limits.ts';
import { createLog } from '../../src/log.ts';
import { createReportRun } from '../../src/runs/run-report.ts';
import { RunSlots, type RunSlotsOptions } from '../../src/runs/run-slots.ts';
import { Runs, type RunsOptions } from '../../src/runs/runs.ts';
import type { Store } from '../../src/store/store.ts';

/** Creates the runs of a server with nothing but a store. */
export function createRuns(
  store: Pick<Store, 'runs' | 'leases' | 'idempotency'>,
  { leaseMs = limits.leaseMs, ...slots }: Partial<RunSlotsOptions & Pick<RunsOptions, 'leaseMs'>> = {},
): Runs {
  return new Runs({
    store,
    slots: new RunSlots({ running: limits.runsAtOnce, waiting: limits.queuedRuns, ...slots }),
    leaseMs,
    log: createLog('silent'),
  });
}

/** Default settings for use cases of the Responses API. */
export const plainSettings = {
  reportRun: createReportRun(createLog('silent')),
  carryInstructions: true,
  restarts: false,
  attempts: 3,
  approvalSeconds: limits.approvalMs / 1000,
  expiresAt: () => undefined,
  history: { bytes: limits.historyBytes, items: limits.historyItems },
  admitStorage: async () => {},
  budgetOf: () => undefined,
  schemaBytes: limits.schemaBytes,
};
