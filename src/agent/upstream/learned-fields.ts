import { limits } from '../../config/limits.ts';

/** A fact about an upstream, read from one of its refusals. */
export interface Lesson {
  /** A field of the request, or another thing that it refuses, such as `null content`. */
  what: string;
  /** The name under which it accepts the field. Omitted: it refuses it under any name. */
  name?: string;
  /** Whether it concerns only the model that was asked. */
  isOfModel?: boolean;
}

/**
 * What one upstream was found to need, from its refusals. Shared by all runs of an agent and empty when the server
 * starts.
 */
export class LearnedFields {
  readonly #values = new Map<string, string | undefined>();
  /** The fields of all lessons so far: most fields have none, and need no search for a model's. */
  readonly #fields = new Set<string>();

  /** Whether the upstream refuses this field, or this model of it. */
  isRefused(field: string, model?: string): boolean {
    const key = this.#find(field, model);
    return key !== undefined && this.#values.get(key) === undefined;
  }

  /** Whether the upstream, or this model of it, was found to accept this field. */
  isAccepted(field: string, model?: string): boolean {
    const key = this.#find(field, model);
    return key !== undefined && this.#values.get(key) !== undefined;
  }

  /** Returns the name under which the upstream, or this model of it, accepts this field. */
  nameOf(field: string, model?: string): string {
    const key = this.#find(field, model);
    return (key === undefined ? undefined : this.#values.get(key)) ?? field;
  }

  /**
   * Records that the upstream refuses a field, or accepts it under another name; for all models if none is named.
   * Returns whether that is new.
   */
  learn(field: string, name?: string, model?: string): boolean {
    const key = model === undefined ? field : toKey(field, model);
    if (this.#values.has(key) && this.#values.get(key) === name) return false;
    this.#values.delete(key);
    this.#values.set(key, name);
    this.#fields.add(field);
    // The oldest is forgotten: it is learned again when it is needed.
    if (this.#values.size > limits.upstreamLessons) this.#values.delete(this.#values.keys().next().value ?? '');
    return true;
  }

  #find(field: string, model: string | undefined): string | undefined {
    if (!this.#fields.has(field)) return undefined;
    const key = model === undefined ? field : toKey(field, model);
    if (this.#values.has(key)) return key;
    return this.#values.has(field) ? field : undefined;
  }
}

/** A line break is part of no field. */
const toKey = (field: string, model: string): string => `${field}\n${model}`;
