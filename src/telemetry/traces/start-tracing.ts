import { setTimeout as delay } from 'node:timers/promises';
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
import { reportFailures, toReason } from './report-failures.ts';
import { RunTraceIds } from './run-trace-ids.ts';
import { traceRequests } from './trace-requests.ts';
import { traceRuns } from './trace-runs.ts';
import type { Tracing, TracingOptions } from './tracing.ts';

/* The only module that loads the SDK of OpenTelemetry. It is imported when traces are configured. */

/** Starts to record spans and to send them in batches. */
export function startTracing(config: TracesConfig, { agents, version, log }: TracingOptions): Tracing {
  const ids = new RunTraceIds();
  const exporter = new OTLPTraceExporter({ url: config.url, headers: { ...config.headers } });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.version': version, ...config.resource }),
    sampler: toSampler(config),
    idGenerator: ids,
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  reportFailures(log);
  const tracer = provider.getTracer('talaria', version);
  const agent = agents.length === 1 ? agents[0] : undefined;
  return {
    watchRun: traceRuns({ tracer, ids, agent, capturesContent: config.capturesContent }),
    watchRequest: traceRequests(tracer),
    async [Symbol.asyncDispose]() {
      const late = delay(limits.traceFlushMs, new Error('The collector did not accept them in time.'), { ref: false });
      const failure = await Promise.race([provider.shutdown().then(() => undefined), late]).catch((error) => error);
      if (failure) log.warn({ reason: toReason(failure) }, 'failed to send the last spans');
    },
  };
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
