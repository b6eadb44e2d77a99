import { setTimeout as delay } from 'node:timers/promises';
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { limits } from '../../config/limits.ts';
import type { TracesConfig } from '../../config/telemetry-config.ts';
import { RunTraceIds } from './run-trace-ids.ts';
import { traceRequests } from './trace-requests.ts';
import { traceRuns } from './trace-runs.ts';
import type { Tracing, TracingOptions } from './tracing.ts';

/* The only module that loads the SDK of OpenTelemetry. It is imported when traces are configured. */

/** Starts to record spans and to send them in batches. */
export function startTracing(config: TracesConfig, { agents, version, log }: TracingOptions): Tracing {
  reportFailures(log);
  const ids = new RunTraceIds();
  const exporter = new OTLPTraceExporter({ url: config.url, headers: { ...config.headers } });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.version': version, ...config.resource }),
    sampler: toSampler(config),
    idGenerator: ids,
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('talaria', version);
  const agent = agents.length === 1 ? agents[0] : undefined;
  return {
    watchRun: traceRuns({ tracer, ids, agent, capturesContent: config.capturesContent }),
    watchRequest: traceRequests(tracer),
    async [Symbol.asyncDispose]() {
      const flushed = provider.shutdown().catch((err: unknown) => log.warn({ err }, 'failed to send the last spans'));
      await Promise.race([flushed, delay(limits.traceFlushMs, undefined, { ref: false })]);
    },
  };
}

/** Logs what the SDK reports, such as a collector that cannot be reached. */
function reportFailures(log: TracingOptions['log']): void {
  const report = (message: string) => log.warn({ reason: message }, 'failed to send spans');
  const logger = { error: report, warn: report, info() {}, debug() {}, verbose() {} };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}

function toSampler({ sampler, ratio }: TracesConfig): Sampler {
  switch (sampler) {
    case 'always_on':
      return new AlwaysOnSampler();
    case 'always_off':
      return new AlwaysOffSampler();
    case 'traceidratio':
      return new TraceIdRatioBasedSampler(ratio);
    case 'parentbased_always_on':
      return new ParentBasedSampler({ root: new AlwaysOnSampler() });
    case 'parentbased_always_off':
      return new ParentBasedSampler({ root: new AlwaysOffSampler() });
    case 'parentbased_traceidratio':
      return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) });
  }
}
