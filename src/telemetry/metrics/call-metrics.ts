import { ApiError } from '../../errors/api-error.ts';
import type { CallEnd, CallObserver, ModelCall, ToolCall } from '../../run-observer.ts';
import type { Metric } from './metric.ts';
import { Counter, Histogram } from './series.ts';

/** Counts and times the calls of models and tools. */
export interface CallMetrics {
  modelCalled(call: ModelCall): CallObserver;
  toolCalled(call: ToolCall): CallObserver;
}

export interface CallMetricsOptions {
  list: Metric[];
  /** Whether an MCP server is one of the configuration. Clients choose the labels of all others. */
  isServer: (label: string) => boolean;
}

export function createCallMetrics({ list, isServer }: CallMetricsOptions): CallMetrics {
  const metrics = defineMetrics(list);
  return {
    modelCalled({ agent }) {
      const started = performance.now();
      const time = (histogram: Histogram<'agent'>) => histogram.observe({ agent }, secondsSince(started));
      return {
        retried: (error) => metrics.retries.inc({ agent, code: ApiError.from(error).code }),
        answered: () => time(metrics.firstOutput),
        ended({ error }) {
          time(metrics.models);
          if (error !== undefined) metrics.errors.inc({ agent, code: ApiError.from(error).code });
        },
      };
    },
    toolCalled({ server: label, isOfRequest }) {
      const started = performance.now();
      const server = !isOfRequest && isServer(label) ? label : 'request';
      return {
        ended(end) {
          metrics.tools.observe({ server }, secondsSince(started));
          metrics.toolCalls.inc({ server, outcome: toOutcome(end) });
        },
      };
    },
  };
}

function defineMetrics(list: Metric[]) {
  return {
    models: new Histogram({
      name: 'talaria_model_call_duration_seconds',
      help: 'Duration of a call of a model, from the request to the end of its answer.',
      labelNames: ['agent'],
      buckets: [0.05, 0.25, 1, 2.5, 5, 10, 30, 60, 300],
      list,
    }),
    firstOutput: new Histogram({
      name: 'talaria_model_call_first_output_seconds',
      help: 'Time from the request to the first output of a model.',
      labelNames: ['agent'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
      list,
    }),
    errors: new Counter({
      name: 'talaria_model_call_errors_total',
      help: 'Failed and stopped calls of a model, by error code.',
      labelNames: ['agent', 'code'],
      list,
    }),
    retries: new Counter({
      name: 'talaria_model_call_retries_total',
      help: 'Retries of calls that an upstream refused, by error code.',
      labelNames: ['agent', 'code'],
      list,
    }),
    tools: new Histogram({
      name: 'talaria_tool_call_duration_seconds',
      help: 'Duration of a call of a tool of an MCP server.',
      labelNames: ['server'],
      buckets: [0.01, 0.05, 0.25, 1, 5, 30, 120, 600],
      list,
    }),
    toolCalls: new Counter({
      name: 'talaria_tool_calls_total',
      help: 'Calls of tools of MCP servers: ok, error (the model reads why) or stopped with their run.',
      labelNames: ['server', 'outcome'],
      list,
    }),
  };
}

function toOutcome({ error, isToolError }: CallEnd): 'ok' | 'error' | 'stopped' {
  if (error !== undefined) return 'stopped';
  return isToolError ? 'error' : 'ok';
}

const secondsSince = (started: number): number => (performance.now() - started) / 1000;
