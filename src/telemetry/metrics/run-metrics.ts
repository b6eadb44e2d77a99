import { limits } from '../../config/limits.ts';
import { isResponseId } from '../../ids.ts';
import type { CallObserver, ModelCall, ToolCall } from '../../run-observer.ts';
import type { RunEnd, RunFacts, RunMeasures, RunWatch, WatchRun } from '../../runs/run-watch.ts';
import { addGauge } from './add-gauge.ts';
import { BoundedLabel } from './bounded-label.ts';
import { type CallMetrics, createCallMetrics } from './call-metrics.ts';
import type { KnownModels } from './known-models.ts';
import type { Metric } from './metric.ts';
import { Counter, Histogram } from './series.ts';
import { toCulprit } from './to-culprit.ts';

export interface RunMetricsOptions {
  list: Metric[];
  /** The names of the agents. */
  agents: readonly string[];
  models: Pick<KnownModels, 'has'>;
  /** Whether an MCP server is one of the configuration. */
  isServer: (label: string) => boolean;
}

/** Counts and times every run, with its calls. */
export function createRunMetrics({ list, agents, models, isServer }: RunMetricsOptions): WatchRun {
  const parts: Parts = {
    metrics: defineMetrics(list),
    active: createActiveRuns(list),
    calls: createCallMetrics({ list, isServer }),
    agent: agents.length === 1 ? agents[0] : undefined,
    tenants: new BoundedLabel(limits.metricTenants),
    models: new BoundedLabel(limits.metricModels, (name) => models.has(name)),
  };
  return ({ facts }) => new MeasuredRun(facts, parts);
}

interface Parts {
  metrics: ReturnType<typeof defineMetrics>;
  active: ActiveRuns;
  calls: CallMetrics;
  /** The only agent. */
  agent: string | undefined;
  tenants: BoundedLabel;
  models: BoundedLabel;
}

/** Runs that have not ended, by kind. */
type ActiveRuns = Record<Kind, { queued: number; running: number }>;

function createActiveRuns(list: Metric[]): ActiveRuns {
  const none = () => ({ queued: 0, running: 0 });
  const active = { response: none(), 'chat.completion': none(), compaction: none() };
  addGauge({
    name: 'talaria_runs',
    help: 'Runs that wait for a slot (queued) or are executed (running).',
    list,
    read: () =>
      Object.entries(active).flatMap(([kind, { queued, running }]) => [
        { labels: { kind, state: 'queued' }, value: queued },
        { labels: { kind, state: 'running' }, value: running },
      ]),
  });
  return active;
}

function defineMetrics(list: Metric[]) {
  return {
    ended: new Counter({
      name: 'talaria_runs_ended_total',
      help: 'Ended runs: completed, incomplete, failed or cancelled. A failed one has its error: of client, agent or server.',
      labelNames: ['kind', 'agent', 'outcome', 'error'],
      list,
    }),
    failures: new Counter({
      name: 'talaria_run_failures_total',
      help: 'Failed runs, by error code.',
      labelNames: ['code'],
      list,
    }),
    ofTenant: new Counter({
      name: 'talaria_tenant_runs_total',
      help: 'Ended runs, by tenant.',
      labelNames: ['tenant', 'outcome'],
      list,
    }),
    duration: new Histogram({
      name: 'talaria_run_duration_seconds',
      help: 'Duration of a run, from its slot to its end.',
      labelNames: ['kind', 'agent'],
      buckets: [0.05, 0.25, 1, 2.5, 5, 10, 30, 60, 300, 1800],
      list,
    }),
    queued: new Histogram({
      name: 'talaria_run_queue_seconds',
      help: 'Wait of a run for its slot.',
      labelNames: ['kind'],
      buckets: [0.001, 0.01, 0.1, 1, 5, 15, 60],
      list,
    }),
    firstToken: new Histogram({
      name: 'talaria_run_first_token_seconds',
      help: 'Time from the slot of a run to its first output.',
      labelNames: ['kind', 'agent'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
      list,
    }),
    tokens: new Counter({
      name: 'talaria_tokens_total',
      help: 'Tokens of ended runs, as the runs report them.',
      labelNames: ['agent', 'model', 'direction'],
      list,
    }),
    tokensOfTenant: new Counter({
      name: 'talaria_tenant_tokens_total',
      help: 'Tokens of ended runs, by tenant.',
      labelNames: ['tenant', 'direction'],
      list,
    }),
    approvals: new Counter({
      name: 'talaria_approvals_total',
      help: 'Approvals that runs asked for, and answers that runs used.',
      labelNames: ['event'],
      list,
    }),
  };
}

type Kind = 'response' | 'chat.completion' | 'compaction';

class MeasuredRun implements RunWatch {
  readonly #facts: Readonly<RunFacts>;
  readonly #parts: Parts;
  readonly #kind: Kind;
  readonly #createdAt = performance.now();
  #state: 'queued' | 'running' = 'queued';
  #agent: string | undefined;

  constructor(facts: Readonly<RunFacts>, parts: Parts) {
    this.#facts = facts;
    this.#parts = parts;
    this.#kind = toKind(facts);
    this.#agent = parts.agent;
    parts.active[this.#kind].queued += 1;
  }

  began(): void {
    const active = this.#parts.active[this.#kind];
    active.queued -= 1;
    active.running += 1;
    this.#state = 'running';
    this.#parts.metrics.queued.observe({ kind: this.#kind }, toSeconds(performance.now() - this.#createdAt));
  }

  routed(agent: string): void {
    this.#agent = agent;
  }

  modelCalled(call: ModelCall): CallObserver {
    return this.#parts.calls.modelCalled(call);
  }

  toolCalled(call: ToolCall): CallObserver {
    return this.#parts.calls.toolCalled(call);
  }

  approvalAsked(): void {
    this.#parts.metrics.approvals.inc({ event: 'asked' });
  }

  approvalUsed({ approve }: { approve: boolean }): void {
    this.#parts.metrics.approvals.inc({ event: approve ? 'approved' : 'denied' });
  }

  ended(end: RunEnd, measures: RunMeasures): void {
    this.#parts.active[this.#kind][this.#state] -= 1;
    this.#observe(end, measures);
  }

  #observe(end: RunEnd, { milliseconds, firstTokenMs }: RunMeasures): void {
    const { metrics, tenants } = this.#parts;
    const { outcome, error } = end;
    // A run that was refused before it was routed has no agent.
    const agent = this.#agent ?? 'none';
    const labels = { kind: this.#kind, agent };
    const culprit = outcome === 'failed' ? toCulprit(error) : undefined;
    metrics.ended.inc({ kind: this.#kind, agent, outcome, error: culprit });
    metrics.ofTenant.inc({ tenant: tenants.of(this.#facts.tenant), outcome });
    if (outcome === 'failed' && error) metrics.failures.inc({ code: error.code });
    if (milliseconds !== undefined && this.#state === 'running') {
      metrics.duration.observe(labels, toSeconds(milliseconds));
    }
    if (firstTokenMs !== undefined) metrics.firstToken.observe(labels, toSeconds(firstTokenMs));
    this.#countTokens(end, agent);
  }

  #countTokens({ inputTokens, outputTokens }: RunEnd, agent: string): void {
    const { metrics, tenants, models } = this.#parts;
    const model = models.of(this.#facts.model);
    const tenant = tenants.of(this.#facts.tenant);
    const add = (direction: 'input' | 'output', count: number | undefined) => {
      if (count === undefined) return;
      metrics.tokens.inc({ agent, model, direction }, count);
      metrics.tokensOfTenant.inc({ tenant, direction }, count);
    };
    add('input', inputTokens);
    add('output', outputTokens);
  }
}

function toKind({ run, compaction }: RunFacts): Kind {
  if (compaction) return 'compaction';
  return isResponseId(run) ? 'response' : 'chat.completion';
}

const toSeconds = (milliseconds: number): number => milliseconds / 1000;
