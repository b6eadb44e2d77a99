import { request } from 'undici';
import { decodeEvents } from './decode-events.ts';
import { createStabiliser } from './stabilise.ts';

export interface RecordedRequest {
  method: string;
  path: string;
  body?: unknown;
}

/** A request and its reply: `value` is the JSON of the body, or the whole text of a stream. */
export interface Recording {
  request: RecordedRequest;
  status: number;
  value: unknown;
}

/** Options for requests other than JSON sent to a path. */
export interface SendOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** The body as raw text; not part of the recording. */
  raw?: string;
  url?: string;
}

/** Sends requests and stores each exchange under a name. */
export class Recorder {
  readonly recordings: Record<string, Recording> = {};
  readonly #url: string;
  readonly #stabilise = createStabiliser();

  constructor(url: string) {
    this.#url = url;
  }

  /** Sends a request, stores the stabilised exchange under `name`, and returns the reply, or a stream's first response. */
  async record(name: string, path: string, options: SendOptions = {}): Promise<Reply> {
    const { status, text, streamed } = await this.send(path, options);
    const { body, raw } = options;
    const method = options.method ?? (body === undefined && raw === undefined ? 'GET' : 'POST');
    // The reply comes first: an ID belongs to the exchange that created it.
    const value = this.#stabilise(name, text);
    const sent = { method, path, ...(body === undefined ? {} : { body }) };
    this.note(name, {
      request: JSON.parse(this.#stabilise(name, JSON.stringify(sent))),
      status,
      value: streamed ? value : JSON.parse(value),
    });
    return JSON.parse(streamed ? JSON.stringify(decodeEvents(text)[0]?.response ?? {}) : text);
  }

  note(name: string, recording: Recording): void {
    if (this.recordings[name]) throw new Error(`There are two recordings named ${name}.`);
    this.recordings[name] = recording;
  }

  /** Sends a request. `fetch` can't do this, because it sets the `Host` header itself. */
  async send(path: string, { body, raw, headers, url, method }: SendOptions = {}): Promise<Sent> {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const reply = await request((url ?? this.#url) + path, {
      method: method ?? (content === undefined ? 'GET' : 'POST'),
      headers: { ...(content === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: content ?? null,
    });
    const streamed = String(reply.headers['content-type']).startsWith('text/event-stream');
    return { status: reply.statusCode, text: await reply.body.text(), streamed };
  }
}

/** The fields of replies that later requests use. Tests validate the replies against the contract. */
export interface Reply {
  id: string;
  output: { call_id: string }[];
  data: { id: string }[];
}

interface Sent {
  status: number;
  text: string;
  streamed: boolean;
}
