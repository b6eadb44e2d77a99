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

/** `null`: the field is refused under any name. */
type Accepted = string | null;

/** Lessons about one upstream, from its refusals and answers. Shared by all runs of an agent, empty at the start. */
export class LearnedFields {
  /** Lessons about all models. Bounded by the number of rules. */
  readonly #ofUpstream = new Map<string, Accepted>();
  /** Lessons about one model each, which a client may name. */
  readonly #ofModels = new Map<string, Accepted>();
  /** The fields of `#ofModels` so far: most fields have none, and need no search for a model's. */
  readonly #modelFields = new Set<string>();
  /** Whether every answer of a model was short. Least recently used first. */
  readonly #answers = new Map<string, boolean>();

  /** Whether the upstream refuses this field, or this model of it. */
  isRefused(field: string, model?: string): boolean {
    return this.#find(field, model) === null;
  }

  /** Returns the name under which the upstream, or this model of it, accepts this field. */
  nameOf(field: string, model?: string): string {
    return this.#find(field, model) ?? field;
  }

  /**
   * Records that the upstream refuses a field, or accepts it under another name; for all models if none is named.
   * Returns whether that is new.
   */
  learn(field: string, name?: string, model?: string): boolean {
    const accepted = name ?? null;
    const lessons = model === undefined ? this.#ofUpstream : this.#ofModels;
    const key = model === undefined ? field : toKey(field, model);
    if (lessons.get(key) === accepted) return false;
    if (model !== undefined) this.#modelFields.add(field);
    setLast(lessons, key, accepted, limits.upstreamLessons);
    return true;
  }

  /** Whether a model has answered soon each time. `undefined`: it has not answered yet. */
  answeredSoon(model: string): boolean | undefined {
    return this.#answers.get(model);
  }

  /** Records an answer of a model. These have a bound of their own, so that they do not push out lessons of refusals. */
  noteAnswer(model: string, isSoon: boolean): void {
    setLast(this.#answers, model, isSoon && this.#answers.get(model) !== false, limits.upstreamAnsweringModels);
  }

  #find(field: string, model: string | undefined): Accepted | undefined {
    const ofModel =
      model !== undefined && this.#modelFields.has(field) ? this.#ofModels.get(toKey(field, model)) : undefined;
    return ofModel === undefined ? this.#ofUpstream.get(field) : ofModel;
  }
}

/** A line break is part of no field. */
const toKey = (field: string, model: string): string => `${field}\n${model}`;

/** Sets an entry as the last one. The first is forgotten beyond `maxEntries`: it is learned again when it is needed. */
function setLast<Value>(entries: Map<string, Value>, key: string, value: Value, maxEntries: number): void {
  entries.delete(key);
  entries.set(key, value);
  if (entries.size > maxEntries) entries.delete(entries.keys().next().value ?? '');
}
