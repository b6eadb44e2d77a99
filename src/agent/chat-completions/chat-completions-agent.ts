import { buildConnector, Pool } from 'undici';
import { limits as defaultLimits } from '../../config/limits.ts';
import type { AgentClient, AgentModel } from '../agent-client.ts';
import { openExchange } from '../upstream/exchange.ts';
import { createModelCatalogue } from '../upstream/model-catalogue.ts';
import { createErrorRedactor } from '../upstream/redact-error.ts';
import { skipContinue } from '../upstream/skip-continue.ts';
import { toSentBody } from '../upstream/to-sent-body.ts';
import type { UpstreamLimits } from '../upstream/upstream-limits.ts';
import { withRetries } from '../upstream/with-retries.ts';
import { toChatRequest } from './to-chat-request.ts';

export interface ChatCompletionsAgentOptions {
  /** The base of the upstream's API, such as `http://127.0.0.1:11434/v1`. A query is sent with every request. */
  url: string;
  /** Sent as a bearer token. */
  apiKey?: string;
  /** Sent upstream whatever model a client names, and then the only one on offer. */
  model?: string;
  limits?: Partial<UpstreamLimits>;
  /** One answer, as text. */
  answerBytes?: number;
  log?: { warn(details: object, message: string): void };
}

/**
 * An agent behind any OpenAI-compatible `/v1/chat/completions`. Always streams. Before the upstream has accepted,
 * refusals that pass (connecting, 429, 502, 503, 504) are tried again; a 4xx keeps its status, any other failure is
 * `upstream_error` or `upstream_timeout`. Disposing breaks off what runs.
 */
export function createChatCompletionsAgent(options: ChatCompletionsAgentOptions): AgentClient {
  const { model: configuredModel, log, answerBytes = defaultLimits.answerBytes } = options;
  const limits: UpstreamLimits = { ...defaultLimits, ...options.limits };
  const base = new URL(options.url);
  const redact = createErrorRedactor(options.apiKey, base);
  const pool = createPool(base, limits, limits.upstreamConnections);
  // Apart, so that a list of models never waits behind runs.
  const modelsPool = createPool(base, limits, limits.upstreamModelsConnections);
  const headers = options.apiKey === undefined ? [] : ['authorization', `Bearer ${options.apiKey}`];
  const postHeaders = [...headers, 'content-type', 'application/json', 'accept', 'text/event-stream'];
  const catalogue = createModelCatalogue({ pool: modelsPool, path: toPath(base, 'models'), headers, limits, redact });
  const postPath = toPath(base, 'chat/completions');
  const disposed = new AbortController();
  // A completion says more than its text.
  const maxAnswerBytes = answerBytes + limits.upstreamErrorBytes;

  const readModels = (signal: AbortSignal): Promise<AgentModel[]> =>
    configuredModel === undefined
      ? catalogue.read(signal)
      : Promise.resolve([{ id: configuredModel, created: 0, ownedBy: 'upstream' }]);

  return {
    models: ({ signal }) => readModels(signal),
    async run(request, { signal }) {
      // A non-empty list: both kinds of it are.
      const model = configuredModel ?? request.model ?? (await readModels(signal))[0]?.id ?? '';
      const body = Buffer.from(JSON.stringify(toChatRequest(request, model)));
      const sessionHeaders = [...postHeaders, 'x-session-id', request.sessionId];
      const open = () => {
        const post = { path: postPath, method: 'POST' as const, ...toSentBody(body, sessionHeaders) };
        return openExchange(pool, post, { signal, limits, maxAnswerBytes, redact });
      };
      return withRetries(open, {
        limits,
        signals: [signal, disposed.signal],
        onRetry: ({ error, ...details }) => log?.warn({ ...details, err: error }, 'the upstream refused; trying again'),
      });
    },
    async [Symbol.asyncDispose]() {
      disposed.abort();
      await Promise.all([pool.destroy(), modelsPool.destroy()]);
    },
  };
}

/**
 * HTTP/1.1 alone: one run has one connection, so that stopping the run is closing it. undici's own time-outs of an answer
 * are off: they count bytes, and the exchange counts events.
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
