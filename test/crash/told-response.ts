import assert from 'node:assert/strict';
import type { Schemas } from '../../src/contract/types.ts';
import { type Message, toAnswer } from './answer.ts';

type Resource = Schemas['Response'];

interface AnyEvent {
  type: string;
  sequence_number: number;
  response?: Resource;
}

/** A request for a response: its last message is the input, what comes before it is what the server should remember. */
export interface Turn {
  messages: readonly Message[];
  stream: boolean;
  background: boolean;
  previous_response_id?: string;
  conversation?: string;
}

const terminalTypes = ['response.completed', 'response.incomplete', 'response.failed'];

/** All that the server has told clients about one response, and what it may not take back. */
export class ToldResponse {
  readonly id: string;
  /** What the agent was to be asked: the history and the input. */
  readonly messages: readonly Message[];
  readonly inConversation: boolean;
  /** The JSON of the events that were read, by number. */
  readonly events: string[] = [];
  /** The response as it was told to have ended, by a terminal event or a reply. */
  ended: Resource | undefined;
  readonly #notes: string[] = [];

  constructor(id: string, turn: Turn) {
    this.id = id;
    this.messages = turn.messages;
    this.inConversation = turn.conversation !== undefined;
    const { messages: _messages, ...how } = turn;
    this.note(`told, for ${JSON.stringify(how)} at depth ${this.depth}`);
  }

  get depth(): number {
    return this.messages.filter(({ role }) => role === 'user').length;
  }

  /** What happened to it, for whoever has to find out why a check failed. */
  get history(): string {
    return this.#notes.join('\n');
  }

  get text(): string {
    return this.ended ? textOf(this.ended) : '';
  }

  /** The messages that a response which continues this one builds on. */
  get continued(): Message[] {
    const answer = this.text === '' ? [] : [{ role: 'assistant' as const, text: this.text }];
    return [...this.messages, ...answer];
  }

  note(what: string): void {
    this.#notes.push(`  ${new Date().toISOString().slice(11, 23)} ${what}`);
  }

  /** An event was read at this place of a stream: a new one, or one that must be told as it was the first time. */
  take(json: string, place: number): void {
    const event: AnyEvent = JSON.parse(json);
    assert.equal(event.sequence_number, place, `event ${event.sequence_number} came where ${place} was next`);
    const before = this.events[place];
    if (before !== undefined) return assert.equal(json, before, `event ${place} was told otherwise before`);
    assert.equal(place, this.events.length, 'an event was skipped');
    const last = this.events.at(-1);
    assert.ok(last === undefined || !isTerminal(JSON.parse(last)), 'an event came after the terminal one');
    this.events.push(json);
    if (isTerminal(event) && event.response) this.end(event.response);
  }

  /** The response was told to have ended like this. */
  end(resource: Resource): void {
    if (this.ended) assert.deepEqual(resource, this.ended, 'it ended otherwise before');
    this.ended = resource;
    this.note(`${resource.status}${resource.error ? `: ${resource.error.message}` : ''}`);
    const answer = toAnswer(this.messages);
    if (resource.status === 'completed') assert.equal(textOf(resource), answer, 'the agent was asked something else');
    else assert.ok(answer.startsWith(textOf(resource)), `"${textOf(resource)}" is no beginning of "${answer}"`);
  }
}

const isTerminal = ({ type }: AnyEvent): boolean => terminalTypes.includes(type);

export function textOf({ output }: Pick<Resource, 'output'>): string {
  const parts = output.flatMap((item) => (item.type === 'message' ? item.content : []));
  return parts.map((part) => (part.type === 'output_text' ? part.text : '')).join('');
}
