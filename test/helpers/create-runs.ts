import type { RequestedServer } from '../../src/agent/loop/loop-request.ts';
import { limits } from '../../src/config/limits.ts';
import type { TenantSettings } from '../../src/config/tenant-settings.ts';
import { createLog } from '../../src/log.ts';
import { logRuns } from '../../src/runs/log-runs.ts';
import { RunSlots, type RunSlotsOptions } from '../../src/runs/run-slots.ts';
import { Runs, type RunsOptions } from '../../src/runs/runs.ts';
import type { Store } from '../../src/store/store.ts';
import { Tenants } from '../../src/tenants/tenants.ts';

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

const unlimited: TenantSettings = {
  retentionSeconds: undefined,
  agents: undefined,
  limits: {
    runs: undefined,
    requestsPerMinute: undefined,
    tokensPerMinute: undefined,
    tokensPerDay: undefined,
    storageBytes: undefined,
  },
};

/** Default settings for use cases of the Responses API. */
export const plainSettings = {
  watchRun: logRuns(createLog('silent')),
  carryInstructions: true,
  resumes: false,
  attempts: 3,
  approvalSeconds: limits.approvalMs / 1000,
  expiresAt: () => undefined,
  history: { bytes: limits.historyBytes, items: limits.historyItems },
  admitStorage: async () => {},
  budgetOf: () => undefined,
  tenants: new Tenants({ keys: undefined, tenants: new Map(), standard: unlimited }),
  mcpServers: { admit: (server: RequestedServer) => server, mapsHosted: () => false, health: () => ({}) },
  schemaBytes: limits.schemaBytes,
};
