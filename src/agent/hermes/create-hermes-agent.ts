import { randomUUID } from 'node:crypto';
import { defaultUpstreamSettings } from '../../config/upstream-settings.ts';
import { shuttingDown } from '../../errors/shutting-down.ts';
import { untilAborted } from '../abort.ts';
import type { AgentClient, AgentModel, AgentRequest, RunOptions } from '../agent-client.ts';
import type { UpstreamAgentOptions } from '../upstream/create-upstream-agent.ts';
import { createErrorRedactor } from '../upstream/errors/redact-error.ts';
import { toReadError } from '../upstream/errors/to-read-error.ts';
import type { ExchangeOutcome } from '../upstream/exchange/exchange.ts';
import { createModelCatalogue } from '../upstream/model-catalogue.ts';
import { toHeaders } from '../upstream/to-headers.ts';
import { createTransport } from '../upstream/transport/create-transport.ts';
import { toUpstreamLimits } from '../upstream/upstream-limits.ts';
import { withRetries } from '../upstream/with-retries.ts';
import { HermesApi } from './hermes-api.ts';
import { HermesRun } from './hermes-run.ts';
import { toRunBody } from './to-run-body.ts';

/** The header under which Hermes names its sessions. */
const sessionHeader = 'X-Hermes-Session-Id';

/**
 * Creates an agent behind Hermes' own API. Its runs can be stopped together with the tool that they run, and the history
 * is the server's, so forks and edited histories are right. Disposing stops running runs.
 */
export function createHermesAgent(options: UpstreamAgentOptions): AgentClient {
  const { model: configuredModel, log } = options;
  const settings = options.settings ?? defaultUpstreamSettings;
  const limits = toUpstreamLimits(settings, options.limits);
  const base = new URL(options.url);
  const redact = createErrorRedactor({ apiKey: options.apiKey, base, settings });
  const transport = createTransport({
    base: toRoot(base),
    settings,
    limits: { ...limits, upstreamModelsConnections: limits.upstreamControlConnections },
  });
  const headers = [...transport.headers, ...toHeaders(options.apiKey, settings)];
  const api = new HermesApi({ transport, headers, limits });
  const catalogue = createModelCatalogue({
    pool: transport.catalogue,
    path: transport.toPath('v1/models'),
    headers,
    limits,
    redact,
  });
  const listed = configuredModel === undefined ? settings.models : [configuredModel];
  const disposed = new AbortController();
  const sessions = new Set<string>();
  const stops = new Set<Promise<void>>();

  /** Stops a run at Hermes. A run that has just ended is not found. */
  const stop = (runId: string): void => {
    const stopping = api.stop(runId).catch((error: unknown) => {
      const failure = redact(toReadError(error));
      if (failure.status !== 404) log?.warn({ run: runId, err: failure }, 'failed to stop a run of the agent');
    });
    stops.add(stopping);
    void stopping.finally(() => stops.delete(stopping));
  };

  /** Starts the run once. */
  const start = async (request: AgentRequest, { signal, observer, call }: RunOptions): Promise<ExchangeOutcome> => {
    const sessionId = enter(sessions, request.sessionId);
    const body = {
      ...toRunBody(request),
      model: configuredModel ?? request.model,
      session_id: sessionId,
      ...settings.extraBody,
    };
    const starting = api.startRun(body, [
      ...settings.sessionHeaders.flatMap((name) => [name, sessionId]),
      ...Object.entries(call?.headers ?? {}).flat(),
    ]);
    try {
      const started = await untilAborted(starting, signal);
      if (started.type === 'refused') {
        sessions.delete(sessionId);
        return { ...started, error: redact(started.error) };
      }
      observer?.sessionNamed({ name: sessionHeader, value: sessionId });
      const onEnd = (isComplete: boolean) => {
        sessions.delete(sessionId);
        if (!isComplete) stop(started.runId);
      };
      const { runId } = started;
      const either = AbortSignal.any([signal, disposed.signal]);
      return { type: 'accepted', events: new HermesRun({ api, runId, sessionId, signal: either, redact, log, onEnd }) };
    } catch (error) {
      sessions.delete(sessionId);
      // Hermes may have accepted the run all the same.
      void starting.then((started) => started.type === 'accepted' && stop(started.runId));
      throw error;
    }
  };

  return {
    models: ({ signal }) => (listed === undefined ? catalogue.read(signal) : Promise.resolve(listed.map(toModel))),
    run: (request, runOptions) =>
      withRetries(() => start(request, runOptions), {
        limits,
        signals: [runOptions.signal, disposed.signal],
        onRetry({ error, ...details }) {
          runOptions.call?.retried?.(error);
          log?.warn({ ...details, err: error }, 'retrying refused upstream request');
        },
      }),
    async [Symbol.asyncDispose]() {
      disposed.abort(shuttingDown());
      await Promise.all(stops);
      await transport[Symbol.asyncDispose]();
    },
  };
}

/** Returns the root of the server, which `/v1` and `/api` lie below. */
function toRoot(base: URL): URL {
  const root = new URL(base);
  root.pathname = base.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
  return root;
}

/**
 * Returns the session of a run. A run that overlaps with another one of its session, such as a fork, gets a session of
 * its own: in a shared one, their calls and results could not be told apart.
 */
function enter(sessions: Set<string>, sessionId: string): string {
  const own = sessions.has(sessionId) ? `${sessionId}-${randomUUID().slice(0, 8)}` : sessionId;
  sessions.add(own);
  return own;
}

const toModel = (id: string): AgentModel => ({ id, created: 0, ownedBy: 'upstream' });
