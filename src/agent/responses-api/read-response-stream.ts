import type { AgentEvent } from '../agent-client.ts';
import type { Fields } from '../fields.ts';
import { isErrorFrame } from '../upstream/errors/error-frame.ts';
import { fromStreamError } from '../upstream/errors/from-stream-error.ts';
import { isDoneMark } from '../upstream/is-done-mark.ts';
import type { AnswerStage, StreamReader } from '../upstream/upstream-format.ts';
import { parseEvent } from './parse-event.ts';
import { createEndedEarly, ResponseEventReader } from './read-response-event.ts';
import type { ReaderOptions } from './reader-options.ts';

/** Events that show a connection to be alive, but not that the answer advances. */
const idleTypes: ReadonlySet<unknown> = new Set(['keepalive', 'ping', 'response.queued', 'response.in_progress']);

/** Reads a stream of response events. A terminal event ends the answer; some servers send `[DONE]` after it. */
export class ResponseStreamReader implements StreamReader {
  activity = 0;
  stage: AnswerStage = 'open';
  readonly #reader: ResponseEventReader;
  /** The `run-end` of an answer whose stream may still have a `[DONE]`. */
  #end: AgentEvent | undefined;

  constructor(options: ReaderOptions) {
    this.#reader = new ResponseEventReader(options);
  }

  read(data: string, event: string | undefined): AgentEvent[] {
    if (isDoneMark(data)) return this.#readDone();
    // A whole answer stays one, whatever follows.
    if (this.#end) return [];
    if (event === 'error' && !data.startsWith('{')) throw fromStreamError(data);
    const fields: Fields = { type: event, ...parseEvent(data) };
    if (fields['type'] === undefined && isErrorFrame(fields)) throw fromStreamError(fields);
    if (!idleTypes.has(fields['type'])) this.activity += 1;
    const events = this.#reader.read(fields);
    if (this.#reader.hasEnded) {
      this.#end = events.pop();
      this.stage = 'finished';
    }
    return events;
  }

  end(): AgentEvent[] {
    if (!this.#end) throw createEndedEarly();
    return [this.#end];
  }

  #readDone(): AgentEvent[] {
    this.activity += 1;
    const events = this.end();
    this.stage = 'done';
    return events;
  }
}
