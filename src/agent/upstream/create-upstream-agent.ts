import { buildConnector, Pool } from 'undici';
import { limits as defaultLimits } from '../../config/limits.ts';
import { defaultUpstreamSettings, type UpstreamSettings } from '../../config/upstream-settings.ts';
import type { AgentClient, AgentModel } from '../agent-client.ts';
import { createErrorRedactor } from './errors/redact-error.ts';
import { openExchange } from './exchange/exchange.ts';
import { skipContinue } from './exchange/skip-continue.ts';
import { toSentBody } from './exchange/to-sent-body.ts';
import { LearnedFields } from './learned-fields.ts';
import { createModelCatalogue } from './model-catalogue.ts';
import type { UpstreamContext, UpstreamFormat } from './upstream-format.ts';
import type { UpstreamLimits } from './upstream-limits.ts';
import { withRetries } from './with-retries.ts';

export interface UpstreamAgentOptions {
  /** The base of the upstream's API, such as `http://127.0.0.1:11434/v1`. Its query is sent with every request. */
  url: string;
  /** Sent as a bearer token. */
  apiKey?: string;
  /** Overrides the model that a client names, and is then the only model listed. */
  model?: string;
  /** The agent's name. Default: `default`. */
  name?: string;
  settings?: UpstreamSettings;
  limits?: Partial<UpstreamLimits>;
  /** Maximum size of one answer's text. */
  answerBytes?: number;
  log?: { warn(details: object, message: string): void };
}

/**
 * Creates an agent behind an HTTP API of the given format. It always requests a stream. Until the upstream accepts,
 * transient refusals (connecting, 429, 502, 503, 504) are retried. A 4xx keeps its status; any other failure is
 * `upstream_error` or `upstream_timeout`. Disposing aborts running requests.
 */
export function createUpstreamAgent(format: UpstreamFormat, options: UpstreamAgentOptions): AgentClient {
  const { model: configuredModel, log, answerBytes = defaultLimits.answerBytes } = options;
  const limits: UpstreamLimits = { ...defaultLimits, ...options.limits };
  const context: UpstreamContext = {
    agent: options.name ?? 'default',
    settings: options.settings ?? defaultUpstreamSettings,
    learned: new LearnedFields(),
  };
  const base = new URL(options.url);
  const redact = createErrorRedactor(options.apiKey, base);
  const pool = createPool(base, limits, limits.upstreamConnections);
  // A separate pool, so that listing models never waits behind runs.
  const modelsPool = createPool(base, limits, limits.upstreamModelsConnections);
  const headers = options.apiKey === undefined ? [] : ['authorization', `Bearer ${options.apiKey}`];
  const postHeaders = [...headers, 'content-type', 'application/json', 'accept', 'text/event-stream'];
  const catalogue = createModelCatalogue({ pool: modelsPool, path: toPath(base, 'models'), headers, limits, redact });
  const postPath = toPath(base, format.path);
  const disposed = new AbortController();
  // The JSON around the text needs space too.
  const maxAnswerBytes = answerBytes + limits.upstreamErrorBytes;

  const readModels = (signal: AbortSignal): Promise<AgentModel[]> =>
    configuredModel === undefined
      ? catalogue.read(signal)
      : Promise.resolve([{ id: configuredModel, created: 0, ownedBy: 'upstream' }]);

  return {
    models: ({ signal }) => readModels(signal),
    async run(request, { signal }) {
      // `readModels` never resolves with an empty list.
      const model = configuredModel ?? request.model ?? (await readModels(signal))[0]?.id ?? '';
      const body = Buffer.from(JSON.stringify(format.toBody(request, model, context)));
      const sessionHeaders = [...postHeaders, 'x-session-id', request.sessionId];
      const open = () => {
        const post = { path: postPath, method: 'POST' as const, ...toSentBody(body, sessionHeaders) };
        return openExchange(pool, post, { format, request, context, signal, limits, maxAnswerBytes, redact });
      };
      return withRetries(open, {
        limits,
        signals: [signal, disposed.signal],
        onRetry: ({ error, ...details }) => log?.warn({ ...details, err: error }, 'retrying refused upstream request'),
      });
    },
    async [Symbol.asyncDispose]() {
      disposed.abort();
      await Promise.all([pool.destroy(), modelsPool.destroy()]);
    },
  };
}

/**
 * Creates a pool of HTTP/1.1 connections: each run has its own connection, so closing it stops the run. undici's
 * time-outs for answers are off because they count bytes; the exchange measures activity instead.
 */
function createPool({ origin }: URL, limits: UpstreamLimits, connections: number): Pool {
  return new Pool(origin, {
    connections,
    pipelining: 1,
    allowH2: false,
    connect: skipContinue(buildConnector({ timeout: limits.upstreamConnectMs, allowH2: false })),
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

function toPath({ pathname, search }: URL, operation: string): string {
  return `${pathname.replace(/\/+$/, '')}/${operation}${search}`;
}
