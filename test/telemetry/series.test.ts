import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Gauge, Counter as PromCounter, Histogram as PromHistogram, Registry } from 'prom-client';
import { addGauge } from '../../src/telemetry/metrics/add-gauge.ts';
import type { Metric } from '../../src/telemetry/metrics/metric.ts';
import { toRegistry } from '../../src/telemetry/metrics/prom-client.ts';
import { Counter, Histogram } from '../../src/telemetry/metrics/series.ts';

interface Classes {
  Counter: typeof Counter | typeof PromCounter;
  Histogram: typeof Histogram | typeof PromHistogram;
}

/** Observes the same values with either implementation. Ours go to the list, those of prom-client to the registry. */
function observe(classes: Classes, { list, registry }: { list: Metric[]; registry: Registry }): void {
  const to = { list, registers: [registry] };
  const counter = new classes.Counter<'agent' | 'error'>({
    name: 'runs_total',
    help: 'Ended runs.',
    labelNames: ['agent', 'error'],
    ...to,
  });
  counter.inc({ agent: 'one' });
  counter.inc({ agent: 'one', error: 'a "quoted"\nvalue' }, 2);
  counter.inc({ agent: 'one' }, 3);
  counter.inc({ error: 'one' });
  const histogram = new classes.Histogram<'kind'>({
    name: 'run_seconds',
    help: 'Duration of a run.',
    labelNames: ['kind'],
    buckets: [0.1, 1, 5],
    ...to,
  });
  for (const seconds of [0, 0.1, 0.5, 1, 7, 0.3]) histogram.observe({ kind: 'response' }, seconds);
  histogram.observe({ kind: 'chat' }, 2);
}

function observeOwn(): Registry {
  const list: Metric[] = [];
  observe({ Counter, Histogram }, { list, registry: new Registry() });
  const samples = [
    { labels: { state: 'active' }, value: 1 },
    { labels: { state: 'idle' }, value: 2 },
  ];
  addGauge({ name: 'connections', help: 'Connections.', aggregator: 'max', list, read: () => samples });
  addGauge({ name: 'slots', help: 'Slots.', list, read: () => [{ labels: {}, value: 4 }] });
  return toRegistry(list);
}

function observeProm(): Registry {
  const registry = new Registry();
  const registers = [registry];
  observe({ Counter: PromCounter, Histogram: PromHistogram }, { list: [], registry });
  new Gauge({
    ...{ name: 'connections', help: 'Connections.', aggregator: 'max', labelNames: ['state'], registers },
    collect() {
      this.set({ state: 'active' }, 1);
      this.set({ state: 'idle' }, 2);
    },
  });
  new Gauge({ name: 'slots', help: 'Slots.', registers }).set(4);
  return registry;
}

suite('own metrics', () => {
  const own = observeOwn();
  const prom = observeProm();

  test('are written as those of prom-client', async () => {
    assert.equal(await own.metrics(), await prom.metrics());
  });

  test('are aggregated as those of prom-client', async () => {
    const plain = (values: unknown) => JSON.parse(JSON.stringify(values).replaceAll('"exemplar":null,', ''));
    assert.deepEqual(plain(await own.getMetricsAsJSON()), plain(await prom.getMetricsAsJSON()));
  });
});
