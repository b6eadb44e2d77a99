import assert from 'node:assert/strict';
import type { Schemas } from '../../src/contract/types.ts';

export type Resource = Schemas['ResponseResource'];

interface AnyEvent {
  type: string;
  sequence_number: number;
  response?: Resource;
}

const terminalTypes = ['response.completed', 'response.incomplete', 'response.failed'];

/** Everything that the server has sent about one response, and must not contradict. */
export class ObservedStream {
  readonly id: string;
  /** JSON of the events, by number. */
  readonly events: string[] = [];
  /** The ended response, from a terminal event or a reply. */
  ended: Resource | undefined;
  readonly #notes: string[] = [];

  constructor(id: string) {
    this.id = id;
  }

  /** The events of its life, to explain a failed check. */
  get history(): string {
    return this.#notes.join('\n');
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
  }
}

const isTerminal = ({ type }: AnyEvent): boolean => terminalTypes.includes(type);
