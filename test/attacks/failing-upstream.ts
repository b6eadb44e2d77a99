import { startUpstream, type Upstream } from '../helpers/upstream.ts';
import { toChunk } from '../helpers/upstream-wire.ts';

export const reason = 'CUDA-OOM-REASON';
/** A place that must only appear in the log. */
export const place = 'gpu-7.internal:8000';

/** Starts a test upstream that answers `fail` with one token and an error frame. */
export function startFailingUpstream(): Promise<Upstream> {
  return startUpstream({
    answer(request, response) {
      if (request.body?.messages?.at(-1)?.content !== 'fail') return false;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: ${JSON.stringify(toChunk(request, { content: 'token' }))}\n\n`);
      response.end(`data: ${JSON.stringify({ error: { message: `${reason} at ${place}` } })}\n\n`);
      return true;
    },
  });
}
