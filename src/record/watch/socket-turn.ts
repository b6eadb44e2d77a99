import type { ContractOperation } from '../../contract/load-contract.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import type { ExchangeEnd, RecordedRead } from '../../recording/recording.ts';
import { StreamRules } from '../check/stream-rules.ts';
import { redactBody, redactStream } from '../redact/redact-stream.ts';
import type { Session } from './session.ts';
import { ViolationList } from './violation-list.ts';

interface TurnHead {
  path: string;
  headers: readonly string[];
  answerHeaders: readonly string[];
  operation: ContractOperation;
  /** The client's message. */
  frame: string;
  /** Its `stream_id`. */
  lane: string | undefined;
}

/** One turn of a WebSocket: a client's message and the events of its response. */
export class SocketTurn {
  /** A server interleaves the events of several lanes. */
  readonly lane: string | undefined;
  readonly #session: Session;
  readonly #head: TurnHead;
  readonly #number: number;
  readonly #label: string;
  readonly #began = new Date();
  readonly #startedAt = performance.now();
  readonly #rules: StreamRules;
  readonly #violations: ViolationList;
  readonly #reads: RecordedRead[] = [];
  #bytes = 0;

  constructor(session: Session, head: TurnHead) {
    const { checks, redactor, report } = session.options;
    this.lane = head.lane;
    this.#session = session;
    this.#head = head;
    this.#number = session.nextNumber();
    this.#label = `#${this.#number} WebSocket ${redactor.path(head.path)}`;
    this.#rules = new StreamRules(head.operation, checks, { isWebSocket: true });
    this.#violations = new ViolationList({ label: this.#label, report, redactor });
    this.#checkFrame(head.frame);
  }

  get hasEnded(): boolean {
    return this.#rules.hasEnded;
  }

  addEvent(text: string): void {
    this.#bytes += Buffer.byteLength(text);
    const { event, findings } = this.#rules.event(text, undefined);
    this.#violations.addAll('reply', findings);
    if (this.#bytes > this.#session.options.maxBytes) return;
    const ms = Math.round(performance.now() - this.#startedAt);
    const last = this.#reads.at(-1);
    if (last?.ms === ms) last.events.push(event);
    else this.#reads.push({ ms, events: [event] });
  }

  finish(ended: ExchangeEnd): void {
    const { redactor, report } = this.#session.options;
    // A client may leave before the terminal event, a server may not.
    if (ended === 'upstream-broke') this.#violations.addAll('reply', this.#rules.end());
    this.#violations.close();
    const milliseconds = Math.round(performance.now() - this.#startedAt);
    const { path, headers, answerHeaders, frame } = this.#head;
    const json = tryParseJson(frame);
    const isTruncated = this.#bytes > this.#session.options.maxBytes;
    this.#session.write({
      exchange: this.#number,
      at: this.#began.toISOString(),
      milliseconds,
      webSocket: true,
      request: {
        method: 'GET',
        path: redactor.path(path),
        headers: redactor.headers(headers),
        bytes: Buffer.byteLength(frame),
        ...(json === undefined ? { text: redactor.text(frame) } : { json: redactBody(json, redactor) }),
      },
      response: {
        status: 101,
        headers: redactor.headers(answerHeaders),
        bytes: this.#bytes,
        stream: redactStream(this.#reads, redactor),
        ...(isTruncated ? { truncated: true } : {}),
      },
      ended,
      ...this.#violations.toRecord(),
    });
    const events = this.#reads.reduce((count, read) => count + read.events.length, 0);
    report.exchange(this.#label, `${events} events, ${milliseconds} ms${ended === 'complete' ? '' : `, ${ended}`}`);
  }

  #checkFrame(text: string): void {
    const value = tryParseJson(text);
    if (value === undefined) {
      const message = 'the message is not JSON';
      return this.#violations.addAll('request', [{ kind: 'bad JSON', place: '', message }]);
    }
    this.#violations.addAll('request', this.#session.options.checks.frame(value));
  }
}
