import assert from 'node:assert/strict';
import type { Schemas } from '../../src/contract/types.ts';
import { type Message, toAnswer } from './answer.ts';

type Resource = Schemas['Response'];

interface AnyEvent {
  type: string;
  sequence_number: number;
  response?: Resource;
}

/** A request for a response. Its last message is the input; the server should remember the others. */
export interface Turn {
  messages: readonly Message[];
  stream: boolean;
  background: boolean;
  previous_response_id?: string;
  conversation?: string;
}

const terminalTypes = ['response.completed', 'response.incomplete', 'response.failed'];

/** Everything that the server has sent about one response, and must not contradict. */
export class ObservedResponse {
  readonly id: string;
  /** The messages that the agent should get: the history and the input. */
  readonly messages: readonly Message[];
  readonly inConversation: boolean;
  /** JSON of the events, by number. */
  readonly events: string[] = [];
  /** The ended response, from a terminal event or a reply. */
  ended: Resource | undefined;
  readonly #notes: string[] = [];

  constructor(id: string, turn: Turn) {
    this.id = id;
    this.messages = turn.messages;
    this.inConversation = turn.conversation !== undefined;
    const { messages: _messages, ...how } = turn;
    this.note(`observed, for ${JSON.stringify(how)} at depth ${this.depth}`);
  }

  get depth(): number {
    return this.messages.filter(({ role }) => role === 'user').length;
  }

  /** The events of its life, to explain a failed check. */
  get history(): string {
    return this.#notes.join('\n');
  }

  get text(): string {
    return this.ended ? textOf(this.ended) : '';
  }

  /** The messages that a response inherits from this one. */
  get continued(): Message[] {
    const answer = this.text === '' ? [] : [{ role: 'assistant' as const, text: this.text }];
    return [...this.messages, ...answer];
  }

  note(what: string): void {
    this.#notes.push(`  ${new Date().toISOString().slice(11, 23)} ${what}`);
  }

  /** Records the event at a position of a stream. A replayed event must be the same as the first time. */
  take(json: string, position: number): void {
    const event: AnyEvent = JSON.parse(json);
    assert.equal(event.sequence_number, position, `event ${event.sequence_number} came where ${position} was next`);
    const before = this.events[position];
    if (before !== undefined) return assert.equal(json, before, `event ${position} was different before`);
    assert.equal(position, this.events.length, 'an event was skipped');
    const last = this.events.at(-1);
    assert.ok(last === undefined || !isTerminal(JSON.parse(last)), 'an event came after the terminal one');
    this.events.push(json);
    if (isTerminal(event) && event.response) this.end(event.response);
  }

  /** Records the end of the response. A later end must be the same. */
  end(resource: Resource): void {
    if (this.ended) assert.deepEqual(resource, this.ended, 'it ended differently before');
    this.ended = resource;
    this.note(`${resource.status}${resource.error ? `: ${resource.error.message}` : ''}`);
    const answer = toAnswer(this.messages);
    if (resource.status === 'completed') assert.equal(textOf(resource), answer, 'the agent got other messages');
    else assert.ok(answer.startsWith(textOf(resource)), `"${textOf(resource)}" is not a prefix of "${answer}"`);
  }
}

const isTerminal = ({ type }: AnyEvent): boolean => terminalTypes.includes(type);

export function textOf({ output }: Pick<Resource, 'output'>): string {
  const parts = output.flatMap((item) => (item.type === 'message' ? item.content : []));
  return parts.map((part) => (part.type === 'output_text' ? part.text : '')).join('');
}
