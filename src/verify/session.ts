import type { IncomingHttpHeaders } from 'node:http';
import { tryParseJson } from '../json/try-parse-json.ts';
import { isBusy, isBusyError, toBusy } from './busy.ts';
import type { ToolEndpoint, ToolServer } from './mcp/tool-server.ts';
import { type OpenReply, openExchange } from './open-exchange.ts';
import { Failure } from './outcomes.ts';
import type { Pacer } from './pacer.ts';
import type { Prompts } from './prompts.ts';
import { at } from './read-json.ts';
import type { ReplyCheck, ReplyChecks } from './reply-check.ts';
import { verifyLimits } from './verify-limits.ts';

/** Some servers and proxies refuse a client without a user agent. */
const userAgent = 'talaria-verify';
/** Kept of a request: more than any report shows. */
const keptCharacters = 4000;

/** The server under test. */
export interface Target {
  /** Up to and including `/v1`, without a trailing slash. */
  base: string;
  /** Sent with every request. */
  headers: Record<string, string>;
  key?: string;
  /** Another tenant's key. */
  otherKey?: string;
  model: string;
  timeoutMs: number;
  prompts: Prompts;
}

/** State shared by the audits of one run. */
export interface Shared {
  target: Target;
  checks: ReplyChecks;
  pacer: Pacer;
  /** Exchanges shared by several audits, each with the session that holds its evidence. */
  samples: Map<string, { by: Session; value: Promise<unknown> }>;
  /** Consecutive unanswered requests, by kind. */
  unanswered: Map<string, number>;
  /** Paths to delete at the end of the run. */
  leftovers: Set<string>;
  /** The MCP server that audits offer to the server under test. */
  toolServer: ToolServer;
}

/** One exchange as shown in a report. */
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
  /** Serialised as JSON, unless bytes or text. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Replaces the key of the run; `null` sends none. */
  key?: string | null | undefined;
  /** Disconnects before the reply. */
  signal?: AbortSignal;
  /** Whether to return a 429 instead of throwing Busy. */
  mayBeBusy?: boolean;
}

/** Sends the requests of one audit and records its evidence. */
export class Session {
  readonly target: Target;
  readonly check: ReplyCheck;
  readonly pacer: Pacer;
  readonly notes: string[] = [];
  /** The latest exchange, shown as evidence of a failure. */
  evidence: Exchange | undefined;
  readonly #shared: Shared;

  constructor(shared: Shared) {
    this.#shared = shared;
    this.target = shared.target;
    this.pacer = shared.pacer;
    this.check = shared.checks.withNotes((text) => this.note(text));
  }

  /**
   * Sends a request and reads its reply. Throws a Failure without a whole reply in time, and Busy when the server is
   * overloaded.
   */
  async send(method: string, path: string, options: SendOptions = {}): Promise<Reply> {
    const open = await this.open(method, path, options);
    const text = await readText(open.chunks);
    this.evidence = { ...this.#toExchange(method, path, options), status: open.status, received: text };
    const body = tryParseJson(text);
    const error = open.status >= 400 || at(body, 'status') === 'failed' ? at(body, 'error') : undefined;
    if (options.mayBeBusy !== true && isBusyError(error)) throw toBusy('reports a rate limit', open.headers);
    return { status: open.status, headers: open.headers, text, body };
  }

  /** Sends a request and resolves at the reply's headers. The caller reads the reply to its end or closes it. */
  async open(method: string, path: string, options: SendOptions = {}): Promise<OpenReply> {
    this.evidence = this.#toExchange(method, path, options);
    const kind = `${method} ${path.split(/[/?]/, 2).join('/')}`;
    const { unanswered } = this.#shared;
    const missed = unanswered.get(kind) ?? 0;
    if (missed >= verifyLimits.unanswered) {
      throw new Failure(`${missed} similar requests got no reply, so this one was not sent`);
    }
    await this.pacer.turn();
    const deadline = AbortSignal.timeout(this.target.timeoutMs);
    const explain = (reason: unknown): Failure => {
      if (deadline.aborted) unanswered.set(kind, (unanswered.get(kind) ?? 0) + 1);
      return this.#toFailure(reason, deadline);
    };
    const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
    const reply = await openExchange(this.#toRequest(method, path, options), signal).catch((reason) => {
      throw explain(reason);
    });
    this.evidence = { ...this.evidence, status: reply.status };
    const chunks = explained(reply.chunks, explain, () => unanswered.delete(kind));
    if (!isBusy(reply.status, reply.headers) || options.mayBeBusy === true) return { ...reply, chunks };
    this.evidence = { ...this.evidence, received: await readText(chunks) };
    throw toBusy(`answers ${reply.status}`, reply.headers);
  }

  /** Makes an exchange once for all audits that share it. A failed one is made again on the next call. */
  async sample<T>(name: string, make: (session: Session) => Promise<T>): Promise<T> {
    const { samples } = this.#shared;
    let sample = samples.get(name);
    if (!sample) {
      const by = new Session(this.#shared);
      sample = { by, value: make(by) };
      samples.set(name, sample);
    }
    try {
      // Each name has one maker, so one type.
      return (await sample.value) as T;
    } catch (reason) {
      // Another audit may have started the next try already.
      if (samples.get(name) === sample) samples.delete(name);
      throw reason;
    } finally {
      this.evidence = sample.by.evidence ?? this.evidence;
    }
  }

  /** Opens an MCP server for this audit alone. */
  openTools(): Promise<ToolEndpoint> {
    return this.#shared.toolServer.open();
  }

  /** Adds a note to the report, once. */
  note(text: string): void {
    if (this.notes.length < verifyLimits.notes && !this.notes.includes(text)) this.notes.push(text);
  }

  /** Registers a path to delete at the end of the run. */
  leave(path: string): void {
    this.#shared.leftovers.add(path);
  }

  #toRequest(method: string, path: string, { body, headers, key = this.target.key }: SendOptions) {
    return {
      method,
      url: new URL(`${this.target.base}${path}`),
      headers: {
        accept: '*/*',
        // Without it, any coding would be allowed.
        'accept-encoding': 'identity',
        'user-agent': userAgent,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key == null ? {} : { authorization: `Bearer ${key}` }),
        ...this.target.headers,
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
    if (deadline.aborted) return new Failure(`no complete reply within ${this.target.timeoutMs / 1000} s`);
    const code = reason instanceof Error && 'code' in reason ? `${reason.code}` : `${reason}`;
    return new Failure(`the connection broke (${code})`);
  }
}

/** Yields a body as it arrives. Throws a Failure that explains a break. */
async function* explained(chunks: AsyncIterable<Buffer>, explain: (reason: unknown) => Failure, onEnd: () => void) {
  try {
    yield* chunks;
  } catch (reason) {
    throw explain(reason);
  }
  onEnd();
}

async function readText(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > verifyLimits.replyBytes) throw new Failure(`the reply is longer than ${verifyLimits.replyBytes} bytes`);
  }
  return Buffer.concat(chunks).toString();
}

function toBytes(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
