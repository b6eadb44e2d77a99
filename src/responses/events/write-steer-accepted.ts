import type { SteerId } from '../../ids.ts';
import type { EventOf, Sink } from './event-sink.ts';

type AcceptedEvent = EventOf<'response.steer.accepted'>;

/** Writes that the run owns input of the client. */
export function writeSteerAccepted(sink: Sink<AcceptedEvent>, responseId: string, id: SteerId): void {
  const steer = { id, previous_response_id: responseId };
  sink.add({ type: 'response.steer.accepted', sequence_number: sink.number(), steer });
}
