import type { Store } from '../../store/store.ts';
import type { Metric } from './metric.ts';
import { Counter, Histogram } from './series.ts';

/** Wraps a store so that every call is timed, by its part and its method. */
export type WatchStore = (store: Store) => Store;

/** The parts of a store, whose methods return promises. `watch` of runs does not. */
const parts = [
  'responses',
  'conversations',
  'chatCompletions',
  'runs',
  'leases',
  'idempotency',
  'approvals',
  'usage',
  'runRecords',
  'load',
  'webhooks',
] as const;

export function createStoreMetrics(list: Metric[]): WatchStore {
  const duration = new Histogram({
    name: 'talaria_store_call_duration_seconds',
    help: 'Duration of a call of the store, with its wait for a commit or a connection.',
    labelNames: ['part', 'method'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5],
    list,
  });
  const errors = new Counter({
    name: 'talaria_store_call_errors_total',
    help: 'Failed calls of the store.',
    labelNames: ['part', 'method'],
    list,
  });
  const toTimer: ToTimer = (part, method) => {
    const labels = { part, method };
    return {
      ended: (milliseconds) => duration.observe(labels, milliseconds / 1000),
      failed: () => errors.inc(labels),
    };
  };
  return (store) => {
    const timed = parts.map((part) => [part, timeCalls(store[part], part, toTimer)]);
    // Each timed part has the interface of its original.
    return { ...store, ...Object.fromEntries(timed) };
  };
}

interface Timer {
  ended(milliseconds: number): void;
  failed(): void;
}

type ToTimer = (part: string, method: string) => Timer;

/** Returns an object with the same methods, bound to the original. */
function timeCalls(original: object, part: string, toTimer: ToTimer): object {
  const timed: Record<string, unknown> = {};
  for (const method of listMethods(original)) {
    const action: unknown = Reflect.get(original, method);
    if (typeof action === 'function') timed[method] = timeCall(action.bind(original), toTimer(part, method));
  }
  return timed;
}

function timeCall(action: (...args: unknown[]) => unknown, { ended, failed }: Timer): typeof action {
  return (...args) => {
    const started = performance.now();
    const result = action(...args);
    if (!(result instanceof Promise)) return result;
    const end = () => ended(performance.now() - started);
    result.then(end, () => {
      end();
      failed();
    });
    return result;
  };
}

/** Lists the names of an object's own methods and those of its class. */
function listMethods(object: object): Set<string> {
  const names = new Set<string>();
  for (let level = object; level !== Object.prototype; level = Reflect.getPrototypeOf(level) ?? Object.prototype) {
    for (const name of Object.getOwnPropertyNames(level)) if (name !== 'constructor') names.add(name);
  }
  return names;
}
