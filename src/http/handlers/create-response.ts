import type { Handler } from '../../contract/operations.ts';
import { ApiError } from '../../errors/api-error.ts';
import { createResponse as create } from '../../responses/create-response.ts';
import { readResponse } from '../../responses/read-response.ts';
import { foldResponse } from '../../responses/run/fold-response.ts';
import { toRefusedEvents } from '../../responses/run/to-refused-events.ts';
import { createTenantDeps } from '../create-tenant-deps.ts';
import { findSession } from '../find-session.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { replayHeaders } from '../replay-headers.ts';
import { sessionHeaders } from '../session-headers.ts';
import { usageHeaders } from '../usage-headers.ts';

export function createResponse(deps: HandlerDeps): Handler<'createResponse'> {
  const depsOf = createTenantDeps(deps);
  return async ({ body, header, tenant, isOperator, signal, requestId, trace, exchange, holdBody, isHeadSent }) => {
    try {
      const { id, run, queued, replayed } = await create(body, depsOf(tenant), {
        ...{ tenant, isOperator, signal, requestId, trace, exchange, holdBody },
        key: header['Idempotency-Key'],
        session: findSession(header),
      });
      const headers = replayHeaders(replayed);
      if (body.stream) return { kind: 'stream', events: run.events, headers: { ...headers, ...sessionHeaders(run) } };
      if (body.background) return ok(queued ?? (await readResponse(id, deps, tenant)), headers);
      const response = await foldResponse(run);
      return ok(response, { ...headers, ...sessionHeaders(run), ...usageHeaders(run) });
    } catch (reason) {
      if (!isHeadSent()) throw reason;
      const failure = ApiError.from(signal.aborted ? signal.reason : reason);
      return { kind: 'stream', events: toRefusedEvents(body, failure), failure };
    }
  };
}
