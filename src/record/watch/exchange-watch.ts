import type { ContractOperation } from '../../contract/load-contract.ts';
import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import type { ExchangeEnd, RecordedExchange } from '../../recording/recording.ts';
import type { Finding } from '../check/contract-checks.ts';
import { StreamRules } from '../check/stream-rules.ts';
import { MessageWatch } from './message-watch.ts';
import type { Session } from './session.ts';
import { ViolationList } from './violation-list.ts';

export interface RequestHead {
  method: string;
  path: string;
  headers: readonly string[];
}

interface Reply {
  status: number;
  message: MessageWatch;
  /** `undefined` for a request outside the contract. */
  rules: StreamRules | undefined;
}

/** Observes one forwarded exchange, checks it, and records it when it ends. */
export class ExchangeWatch {
  readonly #session: Session;
  readonly #head: RequestHead;
  readonly #number: number;
  readonly #label: string;
  readonly #began = new Date();
  readonly #startedAt = performance.now();
  readonly #operation: ContractOperation | undefined;
  readonly #violations: ViolationList;
  readonly request: MessageWatch;
  #reply: Reply | undefined;
  #requestCheck: Promise<void> | undefined;
  #asksForStream = false;
  #isOver = false;

  constructor(session: Session, head: RequestHead) {
    const { findOperation, redactor, report } = session.options;
    redactor.learnFrom(head.headers);
    this.#session = session;
    this.#head = head;
    this.#number = session.nextNumber();
    this.#label = `#${this.#number} ${head.method} ${redactor.path(head.path)}`;
    this.#operation = findOperation(head.method, head.path);
    this.#violations = new ViolationList({ label: this.#label, report, redactor });
    this.request = this.#watch('request', head.headers);
  }

  /** Marks the request as complete and checks it, without waiting for the reply. */
  requestEnded(): void {
    this.request.isWhole = true;
    this.#requestCheck = this.#checkRequest();
  }

  /** Starts the reply. Returns the watch of its body. */
  replied(status: number, headers: readonly string[]): MessageWatch {
    const operation = this.#operation;
    const rules = operation && new StreamRules(operation, this.#session.options.checks);
    const message = this.#watch('reply', headers, rules);
    this.#reply = { status, message, rules };
    return message;
  }

  /** Ends the exchange. Later calls, caused by closing the connections, have no effect. */
  finish(ended: ExchangeEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const milliseconds = Math.round(performance.now() - this.#startedAt);
    this.#session.track(this.#conclude(ended, milliseconds));
  }

  #watch(direction: 'request' | 'reply', headers: readonly string[], rules?: StreamRules): MessageWatch {
    return new MessageWatch({
      headers,
      rules,
      startedAt: this.#startedAt,
      maxBytes: this.#session.options.maxBytes,
      onFinding: (finding) => this.#violations.addAll(direction, [finding]),
    });
  }

  async #checkRequest(): Promise<void> {
    await this.request.settle();
    const text = this.request.text;
    const operation = this.#operation;
    if (!operation?.hasBody || text === undefined || (text === '' && operation.bodyOptional)) return;
    if (this.request.mediaType !== 'application/json') {
      const message = `expected application/json, but got ${this.request.mediaType || 'none'} instead`;
      return this.#violations.addAll('request', [{ kind: 'content type', place: 'content-type', message }]);
    }
    const value = tryParseJson(text);
    if (value === undefined) {
      const message = 'the body is not JSON';
      return this.#violations.addAll('request', [{ kind: 'bad JSON', place: '', message }]);
    }
    this.#asksForStream = isObject(value) && value['stream'] === true;
    this.#violations.addAll('request', this.#session.options.checks.request(operation, value));
  }

  async #conclude(ended: ExchangeEnd, milliseconds: number): Promise<void> {
    await this.#requestCheck;
    if (!this.#requestCheck) await this.request.settle();
    await this.#reply?.message.settle();
    const operation = this.#operation;
    const reply = this.#reply;
    if (operation && reply && ended !== 'unreachable') this.#checkReply(operation, reply, ended);
    this.#violations.close();
    const { redactor, report } = this.#session.options;
    this.#session.write({
      exchange: this.#number,
      at: this.#began.toISOString(),
      milliseconds,
      request: {
        method: this.#head.method,
        path: redactor.path(this.#head.path),
        ...this.request.toRecord(redactor),
      },
      ...this.#toResponse(),
      ended,
      ...this.#violations.toRecord(),
    });
    report.exchange(this.#label, this.#describe(ended, milliseconds));
  }

  #checkReply(operation: ContractOperation, { status, message, rules }: Reply, ended: ExchangeEnd): void {
    const { checks } = this.#session.options;
    const add = (...findings: Finding[]) => this.#violations.addAll('reply', findings);
    // Redirects and 304 are not replies of the operation.
    if (status >= 300 && status < 400) return;
    const wrongStatus = checks.status(operation, status);
    if (wrongStatus) return add(wrongStatus);
    const types = checks.mediaTypes(operation, status);
    const wanted = this.#asksForStream && status === 200 && types.length > 1 ? ['text/event-stream'] : types;
    if (!wanted.includes(message.mediaType)) {
      const text = `expected ${wanted.join(' or ')}, but got ${message.mediaType || 'none'} instead`;
      return add({ kind: 'content type', place: 'content-type', message: text });
    }
    if (ended === 'upstream-broke') add({ kind: 'ending', place: '', message: 'the connection was closed early' });
    if (!message.isWhole || message.text === undefined) return;
    if (message.isStream) return add(...(rules?.end() ?? []));
    const value = tryParseJson(message.text);
    if (value === undefined) add({ kind: 'bad JSON', place: '', message: 'the body is not JSON' });
    else add(...checks.reply(operation, status, value));
  }

  #toResponse(): Pick<RecordedExchange, 'response'> {
    if (!this.#reply) return {};
    const { status, message } = this.#reply;
    return { response: { status, ...message.toRecord(this.#session.options.redactor) } };
  }

  #describe(ended: ExchangeEnd, milliseconds: number): string {
    const events = this.#reply?.message.isStream ? [`${this.#reply.message.eventCount} events`] : [];
    const end = ended === 'complete' ? [] : [ended];
    return [`${this.#reply?.status ?? 'no reply'}`, ...events, `${milliseconds} ms`, ...end].join(', ');
  }
}
