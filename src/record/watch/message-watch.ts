import { tryParseJson } from '../../json/try-parse-json.ts';
import type { RecordedEvent, RecordedMessage, RecordedRead } from '../../recording/recording.ts';
import { createSseDecoder, type SseDecoder } from '../../sse/decode-sse.ts';
import type { Finding } from '../check/contract-checks.ts';
import type { StreamRules } from '../check/stream-rules.ts';
import { findHeader, toMediaType } from '../headers.ts';
import type { Redactor } from '../redact/redact.ts';
import { redactBody, redactStream } from '../redact/redact-stream.ts';
import { BodyCopy } from './body-copy.ts';

export interface MessageOptions {
  /** Alternating names and values, as in Node's `rawHeaders`. */
  headers: readonly string[];
  /** In milliseconds of `performance.now`. */
  startedAt: number;
  maxBytes: number;
  onFinding(finding: Finding): void;
  /** The rules of an event stream. */
  rules?: StreamRules | undefined;
}

/** Observes one direction of an exchange: decodes its body and collects the recorded message. */
export class MessageWatch {
  readonly #options: MessageOptions;
  readonly #copy: BodyCopy;
  readonly #sse: SseDecoder | undefined;
  readonly #reads: RecordedRead[] = [];
  #events: RecordedEvent[] = [];
  readonly #chunks: Buffer[] = [];
  #isEventTooLong = false;
  /** Whether the last byte has arrived. */
  isWhole = false;
  readonly mediaType: string;

  constructor(options: MessageOptions) {
    this.#options = options;
    this.mediaType = toMediaType(findHeader(options.headers, 'content-type'));
    const { maxBytes } = options;
    this.#copy = new BodyCopy({
      coding: findHeader(options.headers, 'content-encoding'),
      maxBytes,
      onData: (bytes) => this.#read(bytes),
    });
    if (this.mediaType !== 'text/event-stream') return;
    this.#sse = createSseDecoder({ maxEventBytes: maxBytes, onEvent: (data, name) => this.#addEvent(data, name) });
  }

  get isStream(): boolean {
    return this.#sse !== undefined;
  }

  get eventCount(): number {
    return this.#reads.reduce((count, { events }) => count + events.length, 0);
  }

  get bytes(): number {
    return this.#copy.bytes;
  }

  push(chunk: Buffer): void {
    this.#copy.push(chunk);
  }

  /** Resolves when all received bytes were inspected. */
  async settle(): Promise<void> {
    await this.#copy.end();
    if (this.isWhole) this.#feed((sse) => sse.end());
    if (this.isWhole && this.#copy.lost === 'broken coding') {
      const message = `the body is not ${findHeader(this.#options.headers, 'content-encoding')}`;
      this.#options.onFinding({ kind: 'bad coding', place: 'content-encoding', message });
    }
  }

  /** The decoded body; `undefined` if it could not be inspected completely. */
  get text(): string | undefined {
    return this.#copy.lost || this.#isEventTooLong ? undefined : Buffer.concat(this.#chunks).toString('utf8');
  }

  toRecord(redactor: Redactor): RecordedMessage & { stream?: RecordedRead[] } {
    const head = { headers: redactor.headers(this.#options.headers), bytes: this.bytes };
    const isTruncated = this.#copy.lost === 'too large' || this.#isEventTooLong;
    const mark = isTruncated ? { truncated: true as const } : {};
    if (this.#sse) return { ...head, stream: redactStream(this.#reads, redactor), ...mark };
    if (isTruncated) return { ...head, ...mark };
    const text = this.text;
    if (text === undefined || !isText(this.#chunks, text)) return { ...head, binary: true };
    if (text === '') return head;
    const json = tryParseJson(text);
    if (json !== undefined) return { ...head, json: redactBody(json, redactor) };
    // A form has the syntax of a query without its question mark.
    const isForm = this.mediaType === 'application/x-www-form-urlencoded';
    return { ...head, text: isForm ? redactor.path(`?${text}`).slice(1) : redactor.text(text) };
  }

  #read(bytes: Buffer): void {
    if (this.#sse) this.#feed((sse) => sse.feed(bytes));
    else this.#chunks.push(bytes);
  }

  #feed(action: (sse: SseDecoder) => void): void {
    if (!this.#sse || this.#isEventTooLong) return;
    try {
      action(this.#sse);
    } catch {
      // The only error that the decoder throws.
      this.#isEventTooLong = true;
    }
    if (this.#events.length === 0) return;
    this.#reads.push({ ms: Math.round(performance.now() - this.#options.startedAt), events: this.#events });
    this.#events = [];
  }

  #addEvent(data: string, name: string | undefined): void {
    const { rules, onFinding } = this.#options;
    if (!rules) {
      const json = tryParseJson(data);
      this.#events.push({
        ...(name === undefined ? {} : { event: name }),
        ...(json === undefined ? { text: data } : { json }),
      });
      return;
    }
    const { event, findings } = rules.event(data, name);
    this.#events.push(event);
    findings.forEach(onFinding);
  }
}

/** Whether bytes are UTF-8. Secrets cannot be found in other bytes, so those are not recorded. */
function isText(chunks: readonly Buffer[], text: string): boolean {
  return !text.includes('\ufffd') || Buffer.from(text).equals(Buffer.concat(chunks));
}
