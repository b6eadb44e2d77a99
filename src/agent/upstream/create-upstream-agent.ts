import type { IncomingHttpHeaders } from 'node:http';
import { limits as defaultLimits } from '../../config/limits.ts';
import { defaultUpstreamSettings, type UpstreamSettings } from '../../config/upstream-settings.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { AgentClient, AgentModel, AgentRequest, RunOptions } from '../agent-client.ts';
import { requireModel } from '../default-model.ts';
import { createErrorRedactor } from './errors/redact-error.ts';
import { type ExchangeOutcome, openExchange } from './exchange/exchange.ts';
import { toSentBody } from './exchange/to-sent-body.ts';
import { isStreamed } from './is-streamed.ts';
import { LearnedFields, type Lesson } from './learned-fields.ts';
import { createModelCatalogue } from './model-catalogue.ts';
import { learnFromEnd, learnFromExtras } from './plain-answers.ts';
import { SessionHeaders } from './session-headers.ts';
import { toHeaders } from './to-headers.ts';
import { createTransport } from './transport/create-transport.ts';
import type { UpstreamContext, UpstreamFormat } from './upstream-format.ts';
import { toUpstreamLimits, type UpstreamLimits } from './upstream-limits.ts';
import { type Adapting, withAdaptations } from './with-adaptations.ts';
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

interface SendOptions extends Pick<RunOptions, 'signal' | 'observer' | 'call'> {
  model: string;
  /** Names and values. */
  sessionHeaders: readonly string[];
}

/**
 * Creates an agent behind an HTTP API of the given format. Until the upstream accepts, transient refusals (connecting,
 * 429, 502, 503, 504) are retried. A 4xx keeps its status; any other failure is `upstream_error` or `upstream_timeout`.
 * Disposing aborts running requests.
 */
export function createUpstreamAgent(format: UpstreamFormat, options: UpstreamAgentOptions): AgentClient {
  const { model: configuredModel, log, answerBytes = defaultLimits.answerBytes } = options;
  const settings = options.settings ?? defaultUpstreamSettings;
  const limits = toUpstreamLimits(settings, options.limits);
  const context: UpstreamContext = { agent: options.name ?? 'default', settings, learned: new LearnedFields() };
  const base = new URL(options.url);
  const redact = createErrorRedactor({ apiKey: options.apiKey, base, settings });
  const transport = createTransport({ base, settings, limits });
  const headers = [...transport.headers, ...toHeaders(options.apiKey, settings)];
  const postPath = transport.toPath(format.path);
  const sessions = new SessionHeaders(settings.sessionHeaders);
  const disposed = new AbortController();
  // The JSON around the text needs space too.
  const maxAnswerBytes = answerBytes + limits.upstreamErrorBytes;
  const listed = configuredModel === undefined ? settings.models : [configuredModel];
  const catalogue = createModelCatalogue({
    pool: transport.catalogue,
    path: transport.toPath('models'),
    headers,
    limits,
    redact,
  });
  const readModels = (signal: AbortSignal): Promise<AgentModel[]> =>
    listed === undefined ? catalogue.read(signal) : Promise.resolve(listed.map(toModel));

  /** Sends the request once. */
  const send = (request: AgentRequest, body: Buffer, options: SendOptions): Promise<ExchangeOutcome> => {
    const { model, signal, sessionHeaders, observer, call } = options;
    const accept = isStreamed(request, model, context) ? 'text/event-stream' : 'application/json';
    const traced = Object.entries(call?.headers ?? {}).flat();
    const postHeaders = [...headers, 'content-type', 'application/json', 'accept', accept, ...traced];
    const post = { path: postPath, method: 'POST' as const, ...toSentBody(body, [...postHeaders, ...sessionHeaders]) };
    const started = performance.now();
    let isAccepted = false;
    const onHeaders = (answered: IncomingHttpHeaders) => {
      isAccepted = true;
      // An agent that names its session may run tools, and reports them only in streams.
      if (sessions.report(answered, observer)) learnFromExtras(context.learned);
    };
    const onEnd = () => {
      const isLong = performance.now() - started > limits.upstreamPlainMs;
      // An answer that its client left could have become a long one.
      learnFromEnd(context.learned, model, { isAccepted: isAccepted && !signal.aborted, isLong });
    };
    const exchange = { format, request, context, signal, limits, maxAnswerBytes, redact, onHeaders, onEnd };
    return openExchange(transport.runs, post, exchange);
  };

  /** Remembers what a refusal taught, and tells the operator once. */
  const remember = ({ what, name, isOfModel }: Lesson, model: string): void => {
    const scope = isOfModel ? model : undefined;
    if (!context.learned.learn(what, name, scope)) return;
    log?.warn(
      { agent: context.agent, field: what, ...omitUndefined({ name, model: scope }) },
      'adapted requests to a refusal of the upstream',
    );
  };

  return {
    models: ({ signal }) => readModels(signal),
    async run(request, { signal, observer, call }) {
      const model = configuredModel ?? request.model ?? requireModel(await readModels(signal)).id;
      const sendOptions = { model, signal, observer, call, sessionHeaders: sessions.next(request) };
      const toForm = (asStream: boolean) => (asStream ? { ...request, watched: true } : request);
      const adapting: Adapting = {
        maxAdaptations: limits.upstreamAdaptations,
        toBody: ({ asStream }) => format.toBody(toForm(asStream), model, context),
        send: (body, { asStream }) => send(toForm(asStream), body, sendOptions),
        learn: (refusal, sent) => format.learn?.(refusal, sent),
        remember: (lesson) => remember(lesson, model),
      };
      return withRetries(() => withAdaptations(adapting), {
        limits,
        signals: [signal, disposed.signal],
        onRetry({ error, ...details }) {
          call?.retried?.(error);
          log?.warn({ ...details, err: error }, 'retrying refused upstream request');
        },
      });
    },
    async [Symbol.asyncDispose]() {
      disposed.abort();
      await transport[Symbol.asyncDispose]();
    },
  };
}

const toModel = (id: string): AgentModel => ({ id, created: 0, ownedBy: 'upstream' });
