import type { IncomingHttpHeaders } from 'node:http';
import { tryParseJson } from '../json/try-parse-json.ts';
import { type OpenReply, openExchange } from './open-exchange.ts';
import { Failure, Inconclusive } from './outcomes.ts';
import type { Prompts } from './prompts.ts';
import type { ReplyCheck } from './reply-check.ts';
import { verifyLimits } from './verify-limits.ts';

/** Some servers, and what stands before them, refuse a client without a name. */
const userAgent = 'talaria-verify';
/** Of what was sent: more than any report shows. */
const keptCharacters = 4000;

/** The server under test, and how to ask it. */
export interface Target {
  /** Up to and including `/v1`, without a slash at the end. */
  base: string;
  key?: string;
  /** Another tenant's key. */
  otherKey?: string;
  model: string;
  timeoutMs: number;
  prompts: Prompts;
}

/** What the audits of one run share. */
export interface Shared {
  target: Target;
  check: ReplyCheck;
  /** Exchanges that several audits look at, made once, and the session of each, which has the evidence. */
  samples: Map<string, { by: Session; value: Promise<unknown> }>;
  /** Requests in a row without an answer, by kind. */
  unanswered: Map<string, number>;
  /** What is to be deleted when all is done. */
  leftovers: Set<string>;
}

/** One exchange as a report shows it. */
export interface Exchange {
  method: string;
  path: string;
  sent: string;
  status?: number;
  received?: string;
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The parsed body; `undefined` when it is not JSON. */
  body: unknown;
}

export interface SendOptions {
  /** JSON, unless it is bytes or text already. */
  body?: unknown;
  headers?: Record<string, string>;
  /** In place of the key of the run; `null` sends none. */
  key?: string | null | undefined;
  /** Leaves before the reply. */
  signal?: AbortSignal;
  /** Is 429 an answer like any other? */
  mayBeBusy?: boolean;
}

/** What one audit uses to ask, and the trail of what it asked. */
export class Session {
  readonly target: Target;
  readonly check: ReplyCheck;
  readonly notes: string[] = [];
  /** The latest exchange: what a failure shows as its evidence. */
  evidence: Exchange | undefined;
  readonly #shared: Shared;

  constructor(shared: Shared) {
    this.#shared = shared;
    this.target = shared.target;
    this.check = shared.check;
  }

  /**
   * One exchange, read to its end. Throws a Failure when there is no whole answer in time. A server that has had enough
   * of us for now shows nothing of what the audit is about.
   */
  async send(method: string, path: string, options: SendOptions = {}): Promise<Reply> {
    const open = await this.open(method, path, options);
    let bytes = 0;
    const chunks: Buffer[] = [];
    for await (const chunk of open.chunks) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > verifyLimits.replyBytes)
        throw new Failure(`the reply is longer than ${verifyLimits.replyBytes} bytes`);
    }
    const text = Buffer.concat(chunks).toString();
    this.evidence = { ...this.#toExchange(method, path, options), status: open.status, received: text };
    if (open.status === 429 && options.mayBeBusy !== true)
      throw new Inconclusive('the server answers 429: too many requests');
    return { status: open.status, headers: open.headers, text, body: tryParseJson(text) };
  }

  /** One exchange, open from its headers on: the caller reads it to the end or closes it. */
  async open(method: string, path: string, options: SendOptions = {}): Promise<OpenReply> {
    this.evidence = this.#toExchange(method, path, options);
    const kind = `${method} ${path.split(/[/?]/, 2).join('/')}`;
    const { unanswered } = this.#shared;
    const missed = unanswered.get(kind) ?? 0;
    if (missed >= verifyLimits.unanswered) {
      throw new Failure(`${missed} requests like this had no answer, so it was not sent`);
    }
    const deadline = AbortSignal.timeout(this.target.timeoutMs);
    const explain = (reason: unknown): Failure => {
      if (deadline.aborted) unanswered.set(kind, (unanswered.get(kind) ?? 0) + 1);
      return this.#toFailure(reason, deadline);
    };
    try {
      const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
      const reply = await openExchange(this.#toRequest(method, path, options), signal);
      this.evidence = { ...this.evidence, status: reply.status };
      return { ...reply, chunks: explained(reply.chunks, explain, () => unanswered.delete(kind)) };
    } catch (reason) {
      throw explain(reason);
    }
  }

  /** Makes an exchange once for all audits that look at it. One that failed to come about is made anew when asked again. */
  async sample<T>(name: string, make: (session: Session) => Promise<T>): Promise<T> {
    const { samples } = this.#shared;
    let sample = samples.get(name);
    if (!sample) {
      const by = new Session(this.#shared);
      sample = { by, value: make(by) };
      samples.set(name, sample);
    }
    try {
      // A name stands for one maker, and so for one type.
      return (await sample.value) as T;
    } catch (reason) {
      // Another audit may have begun the next try already.
      if (samples.get(name) === sample) samples.delete(name);
      throw reason;
    } finally {
      this.evidence = sample.by.evidence ?? this.evidence;
    }
  }

  /** Something worth knowing that no outcome says. */
  note(text: string): void {
    this.notes.push(text);
  }

  /** Has `DELETE path` sent when the run is over, so that nothing is left behind. */
  leave(path: string): void {
    this.#shared.leftovers.add(path);
  }

  #toRequest(method: string, path: string, { body, headers, key = this.target.key }: SendOptions) {
    return {
      method,
      url: new URL(`${this.target.base}${path}`),
      headers: {
        accept: '*/*',
        // Without it any coding would be allowed.
        'accept-encoding': 'identity',
        'user-agent': userAgent,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key == null ? {} : { authorization: `Bearer ${key}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: toBytes(body) }),
    };
  }

  #toExchange(method: string, path: string, { body }: SendOptions): Exchange {
    const sent = Buffer.isBuffer(body)
      ? `${body.length} bytes`
      : typeof body === 'string'
        ? body
        : JSON.stringify(body);
    return {
      method,
      path: `${new URL(this.target.base).pathname}${path}`,
      sent: (sent ?? '').slice(0, keptCharacters),
    };
  }

  #toFailure(reason: unknown, deadline: AbortSignal): Failure {
    if (deadline.aborted) return new Failure(`no whole answer within ${this.target.timeoutMs / 1000} s`);
    const code = reason instanceof Error && 'code' in reason ? `${reason.code}` : `${reason}`;
    return new Failure(`the connection broke (${code})`);
  }
}

/** A body as it is read, with what breaks it put into words. */
async function* explained(chunks: AsyncIterable<Buffer>, explain: (reason: unknown) => Failure, onEnd: () => void) {
  try {
    yield* chunks;
  } catch (reason) {
    throw explain(reason);
  }
  onEnd();
}

function toBytes(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
