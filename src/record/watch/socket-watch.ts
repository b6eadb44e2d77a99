import type { ContractOperation } from '../../contract/load-contract.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import type { ExchangeEnd } from '../../recording/recording.ts';
import { findHeader } from '../headers.ts';
import { readEnvelope } from './read-envelope.ts';
import { createFrameReader, type FrameReader } from './read-frames.ts';
import type { Session } from './session.ts';
import { SocketTurn } from './socket-turn.ts';
import { ViolationList } from './violation-list.ts';

export interface SocketHead {
  path: string;
  headers: readonly string[];
  /** Headers of the upstream's 101. */
  answerHeaders: readonly string[];
  /** The operation of each turn: the creation of a response. */
  operation: ContractOperation;
}

/** Observes the frames of a Responses WebSocket. Each message of the client is one exchange of the recording. */
export class SocketWatch {
  readonly #session: Session;
  readonly #head: SocketHead;
  readonly #readers: Record<'client' | 'upstream', FrameReader>;
  /** Open turns. The first of each lane is the active one, as a server replies in order. */
  readonly #turns: SocketTurn[] = [];
  #isOver = false;

  constructor(session: Session, head: SocketHead) {
    this.#session = session;
    this.#head = head;
    session.options.redactor.learnFrom(head.headers);
    const shared = {
      extensions: findHeader(head.answerHeaders, 'sec-websocket-extensions'),
      maxBytes: session.options.maxBytes,
    };
    this.#readers = {
      client: createFrameReader({ ...shared, from: 'client', onText: (text) => this.#open(text) }),
      upstream: createFrameReader({ ...shared, from: 'upstream', onText: (text) => this.#answer(text) }),
    };
  }

  fromClient(bytes: Buffer): void {
    this.#look('client', bytes);
  }

  fromUpstream(bytes: Buffer): void {
    this.#look('upstream', bytes);
  }

  /** Ends the open turns. Only the first call has an effect. */
  close(ended: ExchangeEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#session.track(this.#conclude(ended));
  }

  async #conclude(ended: ExchangeEnd): Promise<void> {
    // Frames are read one turn of the event loop later.
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([this.#readers.client.end(), this.#readers.upstream.end()]);
    for (const turn of this.#turns.splice(0)) turn.finish(ended);
  }

  #look(from: 'client' | 'upstream', bytes: Buffer): void {
    const reader = this.#readers[from];
    // Forwarding must not wait for reading: skip frames while too many bytes are queued.
    if (reader.queued <= this.#session.options.maxBytes) setImmediate(() => reader.push(bytes));
  }

  #open(text: string): void {
    const { lane, isSteering } = readEnvelope(text);
    if (!isSteering) this.#turns.push(new SocketTurn(this.#session, { ...this.#head, frame: text, lane }));
  }

  #answer(text: string): void {
    const { lane, isSteering } = readEnvelope(text);
    if (isSteering) return;
    const turn = this.#turns.find((candidate) => candidate.lane === lane);
    // Outside a turn, such as the error that ends an old connection.
    if (!turn) return this.#checkUnsolicited(text);
    turn.addEvent(text);
    if (!turn.hasEnded) return;
    this.#turns.splice(this.#turns.indexOf(turn), 1);
    turn.finish('complete');
  }

  #checkUnsolicited(text: string): void {
    const { checks, report, redactor } = this.#session.options;
    const label = `WebSocket ${redactor.path(this.#head.path)}`;
    const violations = new ViolationList({ label, report, redactor });
    violations.addAll('reply', checks.frameError(tryParseJson(text)));
    violations.close();
  }
}
