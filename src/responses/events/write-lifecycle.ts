import type { ResponseResource } from '../responses-deps.ts';
import type { EventOf, Sink } from './event-sink.ts';

const startTypes = ['response.created', 'response.in_progress'] as const;

export type LifecycleEvent = EventOf<
  (typeof startTypes)[number] | 'response.completed' | 'response.incomplete' | 'response.failed'
>;

/** Writes the first events of a response, except those already sent. */
export function writeStart(
  sink: Sink<LifecycleEvent>,
  response: ResponseResource,
  sentTypes: readonly string[] = [],
): void {
  for (const type of startTypes) {
    if (!sentTypes.includes(type)) sink.add({ type, sequence_number: sink.number(), response });
  }
}

/** Writes the terminal event of a response that has ended. */
export function writeTerminal(sink: Sink<LifecycleEvent>, response: ResponseResource): void {
  sink.add({ type: toTerminalType(response), sequence_number: sink.number(), response });
}

/** A cancelled response ends in `response.incomplete`: the contract has no event of its own for it. */
function toTerminalType({ status }: ResponseResource) {
  if (status === 'completed') return 'response.completed';
  return status === 'failed' ? 'response.failed' : 'response.incomplete';
}
