import { foldChunks } from '../../chat/fold-chunks.ts';
import { runChatCompletion } from '../../chat/run-chat-completion.ts';
import type { Handler } from '../../contract/operations.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { usageHeaders } from '../usage-headers.ts';

export function createChatCompletion(deps: HandlerDeps): Handler<'createChatCompletion'> {
  return async ({ body, tenant, signal }) => {
    const stream = body.stream ?? false;
    const includeUsage = !stream || (body.stream_options?.include_usage ?? false);
    const run = await runChatCompletion(
      body,
      { ...deps, agent: deps.agentOf(tenant) },
      { tenant, signal, includeUsage },
    );
    if (stream) return { kind: 'stream', events: run.chunks };
    const completion = await foldChunks(run.chunks);
    return { kind: 'json', status: 200, body: completion, headers: usageHeaders(run) };
  };
}
