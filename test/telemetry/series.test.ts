import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Counter as PromCounter, Histogram as PromHistogram, Registry } from 'prom-client';
import { Counter, Histogram } from '../../src/telemetry/metrics/series.ts';

/** Observes the same values with either implementation. */
function observe(classes: {
  Counter: typeof Counter | typeof PromCounter;
  Histogram: typeof Histogram | typeof PromHistogram;
}): Registry {
  const registry = new Registry();
  const registers = [registry];
  const counter = new classes.Counter<'agent' | 'error'>({
    name: 'runs_total',
    help: 'Ended runs.',
    labelNames: ['agent', 'error'],
    registers,
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
    registers,
  });
  for (const seconds of [0, 0.1, 0.5, 1, 7, 0.3]) histogram.observe({ kind: 'response' }, seconds);
  histogram.observe({ kind: 'chat' }, 2);
  return registry;
}

suite('series of metrics', () => {
  const own = observe({ Counter, Histogram });
  const prom = observe({ Counter: PromCounter, Histogram: PromHistogram });

  test('are written as those of prom-client', async () => {
    assert.equal(await own.metrics(), await prom.metrics());
  });

  test('are aggregated as those of prom-client', async () => {
    const plain = (values: unknown) => JSON.parse(JSON.stringify(values).replaceAll('"exemplar":null,', ''));
    assert.deepEqual(plain(await own.getMetricsAsJSON()), plain(await prom.getMetricsAsJSON()));
  });
});
