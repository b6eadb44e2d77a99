import type { StreamScript } from '../script.ts';
import { toToken } from '../script.ts';

export type Api = 'chat' | 'responses';

/** The fields that the check reads; they vary by event. */
interface StreamEvent {
  type?: string;
  sequence_number?: number;
  delta?: string;
  response?: { status: string; output: { content: { text: string }[] }[] };
  choices?: { delta: { content?: string }; finish_reason: string | null }[];
  error?: object;
}

const terminalTypes = new Set(['response.completed', 'response.failed', 'response.incomplete', 'error']);

/**
 * Checks one stream as its bytes arrive: each token against the script, the order of events, and exactly one terminal
 * event. Parses the bytes by hand, because the client shares the machine with the server.
 */
export class StreamCheck {
  readonly #api: Api;
  readonly #script: StreamScript;
  readonly #decoder = new TextDecoder();
  #rest = '';
  #events = 0;
  #isDone = false;
  /** Correct tokens so far. */
  tokens = 0;
  /** `completed`, or how else the stream ended; `undefined`: without a terminal event. */
  terminal: 'completed' | 'failed' | undefined;
  /** The first fault; `undefined`: none so far. */
  fault: string | undefined;

  constructor(api: Api, script: StreamScript) {
    this.#api = api;
    this.#script = script;
  }

  read(bytes: Buffer): void {
    const texts = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split('\n\n');
    this.#rest = texts.pop() ?? '';
    for (const text of texts) this.#readEvent(text);
  }

  /** Checks the end of the stream. */
  end(): void {
    if (this.terminal === undefined) this.#complain('the stream ended without a terminal event');
    if (this.terminal !== 'completed') return;
    if (!this.#isDone) this.#complain('the stream ended without [DONE]');
    if (this.tokens !== this.#script.count) this.#complain(`${this.tokens} of ${this.#script.count} tokens`);
  }

  #readEvent(text: string): void {
    const data = text.slice(text.indexOf('data: ') + 'data: '.length);
    if (text.startsWith(':')) return;
    if (this.#isDone) return this.#complain('an event after [DONE]');
    if (data === '[DONE]') {
      this.#isDone = true;
      return;
    }
    const event: StreamEvent = JSON.parse(data);
    if (this.#api === 'chat') this.#readChunk(event);
    else this.#readResponseEvent(event);
  }

  #readChunk({ choices, error }: StreamEvent): void {
    if (error) return this.#end('failed');
    const [choice] = choices ?? [];
    if (choice?.delta.content) this.#readToken(choice.delta.content);
    if (choice?.finish_reason) this.#end(choice.finish_reason === 'stop' ? 'completed' : 'failed');
  }

  #readResponseEvent({ type = '', sequence_number: number, delta, response }: StreamEvent): void {
    if (number !== this.#events++) this.#complain(`event ${this.#events - 1} has the number ${number}`);
    if (type === 'response.output_text.delta') this.#readToken(delta ?? '');
    if (!terminalTypes.has(type)) return;
    this.#end(type === 'response.completed' ? 'completed' : 'failed');
    if (type === 'response.completed') this.#checkText(response?.output[0]?.content[0]?.text);
  }

  #readToken(token: string): void {
    const expected = toToken(this.#script.key, this.tokens);
    if (token === expected) this.tokens++;
    else this.#complain(`expected "${expected}", got "${token}"`);
    if (this.terminal !== undefined) this.#complain('a token after the terminal event');
  }

  #checkText(text: string | undefined): void {
    const { key, count } = this.#script;
    const expected = Array.from({ length: count }, (_, index) => toToken(key, index)).join('');
    if (text !== expected) this.#complain('the text of the completed response differs from the tokens');
  }

  #end(terminal: 'completed' | 'failed'): void {
    if (this.terminal !== undefined) this.#complain('a second terminal event');
    this.terminal = terminal;
  }

  #complain(fault: string): void {
    this.fault ??= `${this.#script.key}: ${fault}`;
  }
}
