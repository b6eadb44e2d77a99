import type { RunStore } from '../../src/store/run-store.ts';

/** Wraps a real run store so that all notifications are lost. */
export function deafRuns(runs: RunStore): RunStore {
  return {
    begin: (run, response) => runs.begin(run, response),
    append: (run, events, steps) => runs.append(run, events, steps),
    steps: (tenant, id) => runs.steps(tenant, id),
    end: (run, events, response) => runs.end(run, events, response),
    read: (tenant, id, request) => runs.read(tenant, id, request),
    cancel: (tenant, id) => runs.cancel(tenant, id),
    cancelled: (owner) => runs.cancelled(owner),
    addInput: (tenant, id, input) => runs.addInput(tenant, id, input),
    takeInputs: (owner) => runs.takeInputs(owner),
    takeOrphans: (owner, limit, driven) => runs.takeOrphans(owner, limit, driven),
    setAttempts: (run, attempts) => runs.setAttempts(run, attempts),
    watch: () => ({ [Symbol.dispose]() {} }),
  };
}
