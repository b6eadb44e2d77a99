import { startUpstream, type Upstream } from './upstream.ts';

/** One event of a stream: JSON, or the text of its `data`. */
export type Frame = object | string;

/** The events of a stream. A string is one JSON document instead. */
export type Reply = readonly Frame[] | string;

export interface FrameUpstream extends Upstream {
  /** Sets the replies to the next requests, in turn; the last one repeats. Forgets earlier requests. */
  play(...replies: readonly Reply[]): void;
}

/** Starts a chat upstream that answers with the frames it is given. */
export async function startFrameUpstream(...first: readonly Reply[]): Promise<FrameUpstream> {
  let replies = first;
  let next = 0;
  const upstream = await startUpstream({
    answer: (_request, response) => {
      const reply = replies[Math.min(next++, replies.length - 1)] ?? [];
      const isStream = typeof reply !== 'string';
      response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' });
      response.end(isStream ? reply.map(toEvent).join('') : reply);
      return true;
    },
  });
  return Object.assign(upstream, {
    play: (...others: readonly Reply[]) => {
      replies = others;
      next = 0;
      upstream.requests.length = 0;
    },
  });
}

const toEvent = (frame: Frame): string => `data: ${typeof frame === 'string' ? frame : JSON.stringify(frame)}\n\n`;

/** A chunk with this delta. */
export const delta = (fields: object, finish_reason: string | null = null): Frame => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm1',
  choices: [{ index: 0, delta: fields, finish_reason }],
});

export const done = '[DONE]';
