import { createChatCompletion as create } from '../../chat/create-chat-completion.ts';
import { foldChunks } from '../../chat/events/fold-chunks.ts';
import type { Handler } from '../../contract/operations.ts';
import { createTenantDeps } from '../create-tenant-deps.ts';
import { findSession } from '../find-session.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { replayHeaders } from '../replay-headers.ts';
import { sessionHeaders } from '../session-headers.ts';
import { usageHeaders } from '../usage-headers.ts';

export function createChatCompletion(deps: HandlerDeps): Handler<'createChatCompletion'> {
  const depsOf = createTenantDeps(deps);
  return async ({ body, header, tenant, signal, requestId, trace, exchange, holdBody }) => {
    const stream = body.stream ?? false;
    const includeUsage = !stream || (body.stream_options?.include_usage ?? false);
    const key = header['Idempotency-Key'];
    const { run, replayed } = await create(body, depsOf(tenant), {
      tenant,
      signal,
      requestId,
      trace,
      exchange,
      includeUsage,
      key,
      holdBody,
      session: findSession(header),
    });
    const headers = replayHeaders(replayed);
    if (stream) return { kind: 'stream', events: run.events, headers: { ...headers, ...sessionHeaders(run) } };
    const completion = await foldChunks(run.events);
    return ok(completion, { ...headers, ...sessionHeaders(run), ...usageHeaders(run) });
  };
}
