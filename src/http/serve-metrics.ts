import { Router } from 'express';
import { methodNotAllowed } from '../errors/method-not-allowed.ts';
import type { Tenants } from '../tenants/tenants.ts';
import { requireOperator } from './access/require-operator.ts';

/** The metrics in the text format of Prometheus. */
export interface MetricsReader {
  readonly contentType: string;
  read(): Promise<string>;
}

/**
 * Serves `/metrics` to operators. It is no operation of the contract: Prometheus owns its format, which is neither JSON
 * nor a stream of events, and no SDK needs it.
 */
export function serveMetrics(metrics: MetricsReader, tenants: Tenants): Router {
  const router = Router();
  router.get('/metrics', requireOperator(tenants), async (_request, response) => {
    const text = await metrics.read();
    // Express would add a charset of its own.
    response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(text);
  });
  router.all('/metrics', ({ method }, _response, next) => next(methodNotAllowed(method, 'GET, HEAD')));
  return router;
}
