import { ConfigError } from './config-error.ts';
import type { Environment } from './env.ts';
import { toInteger } from './parse/to-integer.ts';
import { toSwitch } from './parse/to-switch.ts';

/** How the server is observed from outside. */
export interface TelemetryConfig {
  /** The listener for metrics alone, which needs no key. `undefined`: none. */
  metrics: { host: string; port: number } | undefined;
  /** Where traces are sent. `undefined`: nowhere. */
  traces: TracesConfig | undefined;
}

export const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

export interface TracesConfig {
  /** Where spans are posted, as OTLP over HTTP with protobuf. */
  url: string;
  /** Sent with them. Secret. */
  headers: Readonly<Record<string, string>>;
  /** The attributes of this server, with its `service.name`. */
  resource: Readonly<Record<string, string>>;
  sampler: (typeof samplers)[number];
  /** The share of traces that a ratio sampler keeps, from 0 to 1. */
  ratio: number;
  /** Whether spans hold messages, arguments and results. */
  capturesContent: boolean;
}

/** Reads the variables of metrics, and those of OpenTelemetry. Throws a ConfigError for an invalid one. */
export function toTelemetry(env: Environment): TelemetryConfig {
  return { metrics: toListener(env), traces: toTraces(env) };
}

function toListener({ metricsHost, metricsPort }: Environment): TelemetryConfig['metrics'] {
  if (metricsPort === undefined) return undefined;
  const host = (metricsHost ?? '127.0.0.1').replace(/^\[(.+)\]$/, '$1');
  return { host, port: toInteger('METRICS_PORT', metricsPort, { min: 0, max: 65_535 }) };
}

function toTraces({ otel, exporter }: Environment): TracesConfig | undefined {
  const url = toUrl(otel);
  if (url === undefined || toSwitch('OTEL_SDK_DISABLED', otel.isDisabled ?? '0')) return undefined;
  checkExporter(exporter);
  const protocol = otel.tracesProtocol ?? otel.protocol ?? 'http/protobuf';
  if (protocol !== 'http/protobuf') {
    throw new ConfigError(`OTEL_EXPORTER_OTLP_PROTOCOL=${protocol} is not supported: expected http/protobuf.`);
  }
  return {
    url,
    headers: {
      ...toPairs('OTEL_EXPORTER_OTLP_HEADERS', otel.headers),
      ...toPairs('OTEL_EXPORTER_OTLP_TRACES_HEADERS', otel.tracesHeaders),
    },
    resource: {
      'service.name': 'talaria',
      ...toPairs('OTEL_RESOURCE_ATTRIBUTES', otel.resourceAttributes),
      ...(otel.serviceName === undefined ? {} : { 'service.name': otel.serviceName }),
    },
    sampler: toSampler(otel.sampler ?? 'parentbased_always_on'),
    ratio: toRatio(otel.samplerArgument ?? '1'),
    capturesContent: toSwitch('OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT', otel.captureContent ?? '0'),
  };
}

/** Refuses what the exporter would ignore with a warning. */
function checkExporter(variables: Environment['exporter']): void {
  for (const [name, value] of Object.entries(variables)) {
    if (!name.endsWith('_COMPRESSION')) toInteger(name, value, { min: name === 'OTEL_BSP_SCHEDULE_DELAY' ? 0 : 1 });
    else if (value !== 'gzip' && value !== 'none') {
      throw new ConfigError(`${name}=${value} is invalid: expected gzip or none.`);
    }
  }
}

/** The endpoint of traces is used as it is. The other one is the base of all signals. */
function toUrl({ tracesEndpoint, endpoint }: Environment['otel']): string | undefined {
  const name = tracesEndpoint === undefined ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
  const text = tracesEndpoint ?? (endpoint === undefined ? undefined : `${endpoint.replace(/\/+$/, '')}/v1/traces`);
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href;
  throw new ConfigError(`${name} is invalid: expected an http:// or https:// URL.`);
}

/** Parses `key=value,key=value` with percent-encoded values, as OpenTelemetry writes headers. */
function toPairs(name: string, text = ''): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(pairs.map((pair) => toPair(name, pair)));
}

function toPair(name: string, pair: string): [string, string] {
  const [, key, value] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/s.exec(pair) ?? [];
  try {
    if (key !== undefined && value !== undefined) return [key, decodeURIComponent(value)];
  } catch {
    // Reported below: the value is not shown, since it may be a key.
  }
  throw new ConfigError(`${name} is invalid: expected key=value pairs, separated by commas, with percent-encoding.`);
}

function toSampler(text: string): TracesConfig['sampler'] {
  const sampler = samplers.find((known) => known === text);
  if (sampler) return sampler;
  throw new ConfigError(`OTEL_TRACES_SAMPLER=${text} is invalid: expected one of ${samplers.join(', ')}.`);
}

function toRatio(text: string): number {
  const ratio = Number(text);
  if (ratio >= 0 && ratio <= 1) return ratio;
  throw new ConfigError(`OTEL_TRACES_SAMPLER_ARG=${text} is invalid: expected a number from 0 to 1.`);
}
