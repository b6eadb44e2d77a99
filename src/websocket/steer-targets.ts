import type { ResponseId } from '../ids.ts';
import type { SteerRefusal } from '../responses/steer/refuse-steering.ts';
import type { SteerQueue } from '../responses/steer/steer-queue.ts';
import type { Lane } from './lanes.ts';
import { alreadyCompleted, notActive, notFound } from './steer-refusal.ts';

/** A running response. */
export interface SteerTarget {
  lane: Lane;
  /** Takes the input, or says why it cannot. */
  queue: SteerQueue | SteerRefusal;
}

interface Ended {
  lane: Lane;
  isCompleted: boolean;
}

/** The responses of one connection: the running ones, and the latest that have ended. */
export class SteerTargets {
  readonly #remembered: number;
  readonly #running = new Map<string, SteerTarget>();
  readonly #ended = new Map<string, Ended>();

  /** `remembered` is the number of ended responses to remember. */
  constructor(remembered: number) {
    this.#remembered = remembered;
  }

  /** Adds a running response. */
  add(id: ResponseId, target: SteerTarget): void {
    this.#running.set(id, target);
  }

  end(id: ResponseId, isCompleted: boolean): void {
    const lane = this.#running.get(id)?.lane;
    this.#running.delete(id);
    this.#ended.set(id, { lane, isCompleted });
    const [oldest] = this.#ended.keys();
    if (oldest !== undefined && this.#ended.size > this.#remembered) this.#ended.delete(oldest);
  }

  /** Whether a response ran on this connection. */
  has(id: string): boolean {
    return this.#running.has(id) || this.#ended.has(id);
  }

  laneOf(id: string): Lane {
    return (this.#running.get(id) ?? this.#ended.get(id))?.lane;
  }

  /** Returns the queue of a response, or why it takes no input. */
  find(id: string): SteerQueue | SteerRefusal {
    const running = this.#running.get(id);
    if (running) return running.queue;
    const ended = this.#ended.get(id);
    if (!ended) return notFound;
    return ended.isCompleted ? alreadyCompleted : notActive;
  }
}
