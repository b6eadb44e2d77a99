import type { OutputItem, ResponseEvent } from '../responses-deps.ts';
import type { EventSink, Sink } from './event-sink.ts';
import type { LoggedItem } from './logged-item.ts';
import type { OpenItem } from './open-item.ts';
import { replayCall, replayCustomCall, replayMessage, replayReasoning } from './replay-item.ts';

type Seal = ((text: string) => string) | undefined;

interface Restoring {
  index: number;
  logged: LoggedItem;
  seal: Seal;
}

/** Returns an item that an earlier execution left open, without writing what the log has. `undefined`: it passes as it is. */
export function restoreItem(sink: EventSink, { index, logged, seal }: Restoring): OpenItem | undefined {
  const gate = new Gate(sink);
  const item = replay(gate, index, logged, seal);
  gate.open();
  return item;
}

/**
 * Closes an item whose reply was cut, and returns it. A text says that it is no answer. Its status is `completed`: an
 * `incomplete` item would have to be the last (Open Responses N27).
 */
export function closeCutItem(sink: EventSink, { index, logged, seal }: Restoring): OutputItem {
  const { item } = logged;
  if (item.type !== 'message') return restoreItem(sink, { index, logged, seal })?.close('completed') ?? item;
  const gate = new Gate(sink);
  const message = replayMessage(gate, index, item);
  if (logged.isPartEnded) message.end();
  gate.open();
  return message.finish({ ...item, status: 'completed', phase: 'commentary' });
}

function replay(sink: Gate, index: number, { item, isPartEnded }: LoggedItem, seal: Seal): OpenItem | undefined {
  switch (item.type) {
    case 'message': {
      const message = replayMessage(sink, index, item);
      if (isPartEnded) message.end();
      return message;
    }
    case 'reasoning':
      return replayReasoning(sink, index, { item, seal });
    case 'function_call': {
      const call = replayCall(sink, index, item);
      if (isPartEnded) call.end();
      return call;
    }
    case 'custom_tool_call': {
      const call = replayCustomCall(sink, index, item);
      if (isPartEnded) call.end();
      return call;
    }
    default:
      return undefined;
  }
}

/** Discards the events that the log has, until it is opened. */
class Gate implements Sink<ResponseEvent> {
  readonly #sink: EventSink;
  #isOpen = false;

  constructor(sink: EventSink) {
    this.#sink = sink;
  }

  open(): void {
    this.#isOpen = true;
  }

  number(): number {
    return this.#isOpen ? this.#sink.number() : 0;
  }

  add(event: ResponseEvent): void {
    if (this.#isOpen) this.#sink.add(event);
  }
}
