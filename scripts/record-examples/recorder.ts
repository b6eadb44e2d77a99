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

/** What is sent, where it isn't plain JSON to a path. */
export interface SendOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** The body as it stands; not shown in the recording. */
  raw?: string;
  url?: string;
}

/** Asks a server and notes each exchange under a name. */
export class Recorder {
  readonly recordings: Record<string, Recording> = {};
  readonly #url: string;
  readonly #stabilise = createStabiliser();

  constructor(url: string) {
    this.#url = url;
  }

  /** Sends, notes the exchange made stable under `name`, and gives the reply as it was, as JSON or the text of a stream. */
  async record(name: string, path: string, options: SendOptions = {}): Promise<Json> {
    const { status, text, streamed } = await this.send(path, options);
    const { body, raw } = options;
    const method = options.method ?? (body === undefined && raw === undefined ? 'GET' : 'POST');
    // The reply first: an id belongs to the exchange that made it.
    const value = this.#stabilise(name, text);
    const request = { method, path, ...(body === undefined ? {} : { body }) };
    this.note(name, {
      request: JSON.parse(this.#stabilise(name, JSON.stringify(request))),
      status,
      value: streamed ? value : JSON.parse(value),
    });
    return streamed ? text : JSON.parse(text);
  }

  note(name: string, recording: Recording): void {
    if (this.recordings[name]) throw new Error(`There are two recordings named ${name}.`);
    this.recordings[name] = recording;
  }

  async send(path: string, { body, raw, headers, url, method }: SendOptions = {}): Promise<Sent> {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch((url ?? this.#url) + path, {
      method: method ?? (content === undefined ? 'GET' : 'POST'),
      headers: { ...(content === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(content === undefined ? {} : { body: content }),
    });
    const streamed = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    return { status: response.status, text: await response.text(), streamed };
  }
}

/** What a reply holds: scenes only read ids from it. */
// biome-ignore lint/suspicious/noExplicitAny: the replies are checked against the contract by the tests.
type Json = any;

interface Sent {
  status: number;
  text: string;
  streamed: boolean;
}
