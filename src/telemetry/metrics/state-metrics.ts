import type { RunSlots } from '../../runs/run-slots.ts';
import type { Runs } from '../../runs/runs.ts';
import type { Store } from '../../store/store.ts';
import { addGauge } from './add-gauge.ts';
import type { Metric } from './metric.ts';

/** The parts of a server whose state is read at each scrape. */
export interface ObservedState {
  slots: Pick<RunSlots, 'running' | 'waiting' | 'capacity'>;
  runs: Pick<Runs, 'leaseAgeMs' | 'leaseMs' | 'detached'>;
  store: Pick<Store, 'backlog'>;
}

/** Defines the gauges of a server's state. With several processes, ages are the highest and counts are sums. */
export function createStateMetrics(list: Metric[], { slots, runs, store }: ObservedState): void {
  const gauge = (name: string, help: string, read: () => number, aggregator: 'sum' | 'max' = 'sum') =>
    addGauge({ name, help, aggregator, list, read: () => [{ labels: {}, value: read() }] });
  gauge('talaria_run_slots_used', 'Run slots in use.', () => slots.running);
  gauge('talaria_run_slots_waiting', 'Runs that wait for a slot.', () => slots.waiting);
  gauge('talaria_run_slots', 'Run slots: MAX_RUNS of each process.', () => slots.capacity);
  gauge('talaria_detached_runs', 'Runs that continue without a reader.', () => runs.detached);
  gauge('talaria_lease_age_seconds', 'Time since the last renewal of the lease.', () => runs.leaseAgeMs / 1000, 'max');
  gauge('talaria_lease_seconds', 'Lease time: RUN_LEASE_MS.', () => runs.leaseMs / 1000, 'max');
  gauge(
    'talaria_store_waiting',
    'Writes that wait for their commit (SQLite), or calls that wait for a connection (PostgreSQL).',
    () => store.backlog().waiting,
  );
  if (store.backlog().connections) createConnectionGauge(list, store);
}

function createConnectionGauge(list: Metric[], store: Pick<Store, 'backlog'>): void {
  addGauge({
    name: 'talaria_store_connections',
    help: 'Connections of the pool (PostgreSQL).',
    list,
    read() {
      const { active = 0, idle = 0 } = store.backlog().connections ?? {};
      return [
        { labels: { state: 'active' }, value: active },
        { labels: { state: 'idle' }, value: idle },
      ];
    },
  });
}
