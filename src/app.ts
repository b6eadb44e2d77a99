import type { RequestListener } from 'node:http';
import express from 'express';
import type { Config } from './config/config.ts';
import type { Contract } from './contract/load-contract.ts';
import type { Handlers } from './contract/operations.ts';
import { createOutputCheck } from './contract/validate-output.ts';
import { validateRequests } from './contract/validate-requests.ts';
import { authenticate } from './http/access/authenticate.ts';
import { cors } from './http/access/cors.ts';
import { guardHost } from './http/access/guard-host.ts';
import { limitRate } from './http/access/limit-rate.ts';
import { requireHost } from './http/access/require-host.ts';
import { requireOperator } from './http/access/require-operator.ts';
import { refuseExpectations } from './http/body/answer-expectations.ts';
import type { BodySlots } from './http/body/body-slots.ts';
import { readBody } from './http/body/read-body.ts';
import { createMessageClasses, type MessageClasses } from './http/create-message-classes.ts';
import { escapeModelId } from './http/escape-model-id.ts';
import { handleError } from './http/handle-error.ts';
import { journalRequests } from './http/journal/journal-requests.ts';
import { createRoutes, mountOperations } from './http/mount-operations.ts';
import { serveSite } from './http/pages/serve-site.ts';
import { parseQuery } from './http/parse-query.ts';
import { serveFixedPaths } from './http/serve-fixed-paths.ts';
import { type MetricsReader, serveMetrics } from './http/serve-metrics.ts';
import { refuseUnknownPath } from './http/unknown-path.ts';
import { type WatchRequest, watchRequests } from './http/watch-requests.ts';
import type { Log } from './log.ts';
import type { RequestJournal } from './request-journal/request-journal.ts';
import type { Tenants } from './tenants/tenants.ts';

export interface AppOptions {
  config: Config;
  tenants: Tenants;
  contract: Contract;
  handlers: Handlers;
  log: Log;
  bodySlots: BodySlots;
  /** Whether an agent is simulated: it reads requests and disturbs replies. Default: false. */
  simulates?: boolean | undefined;
  watchRequest: WatchRequest;
  /** Omitted: requests are not kept. */
  journal?: RequestJournal | undefined;
  /** Returns the metrics. */
  metrics: MetricsReader;
  /** Aborts when the server stops: running requests must end. */
  shutdown: AbortSignal;
}

/** The application of a server: the classes of its messages, and the listener of its requests. */
export interface App {
  messages: MessageClasses;
  listener: RequestListener;
}

/** Creates the application, not yet listening. */
export function createApp(options: AppOptions): App {
  const { config, tenants, contract, handlers, log, bodySlots, shutdown } = options;
  const app = express();
  // An ETag would hash every reply. `X-Powered-By` would name the framework.
  app.set('etag', false).disable('x-powered-by').enable('case sensitive routing');
  // Parses `metadata[KEY]` and `include[]` here: the validator's own parser corrupts values with `&`, `+` or `%`.
  app.set('query parser', parseQuery);
  const journal = options.journal && journalRequests(options.journal);
  const first = [
    watchRequests(log, options.watchRequest),
    ...(journal ? [journal.record] : []),
    refuseExpectations,
    guardHost(tenants),
    cors(config.corsOrigins, tenants),
    requireHost,
    escapeModelId,
  ];
  const routes = createRoutes({
    operations: contract.operations,
    handlers,
    admit: {
      anyone: [],
      tenant: [authenticate(tenants), limitRate(tenants)],
      operator: [requireOperator(tenants)],
    },
    readBody: readBody({ bodies: config.bodies, slots: bodySlots }),
    afterBody: journal ? [journal.addRead] : [],
    simulates: options.simulates,
    validate: validateRequests(contract),
    shutdown,
    keepAliveMs: config.keepAliveMs,
    stallMs: config.stallMs,
    checkOutput: config.validateOutput ? createOutputCheck(contract) : undefined,
  });
  app.use(...first);
  mountOperations(app, routes);
  app.use(serveMetrics(options.metrics, tenants));
  app.use(serveSite(contract));
  app.use(refuseUnknownPath(contract.operations));
  app.use(handleError);
  return { messages: createMessageClasses(app), listener: serveFixedPaths(app, { first, routes, handleError }) };
}
