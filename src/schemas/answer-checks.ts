import { isObject } from '../json/is-object.ts';
import type { Budget } from './apply-schema.ts';
import { type CompiledSchema, compileSchema } from './compile-schema.ts';
import { TooExpensive } from './scope.ts';

/** One check. It consists of texts, which are cheap to send to a thread. */
export interface CheckRequest {
  /** The JSON Schema. `undefined`: any object fits. */
  schema: string | undefined;
  /** The answer. `undefined`: the schema is only compiled. */
  answer: string | undefined;
}

export interface CheckReply {
  /** The mismatch, or `undefined` when the answer fits. */
  complaint: string | undefined;
  /** Regular expressions that cannot be checked. Listed only when the check compiled the schema. */
  unchecked: string[];
}

export interface AnswerCheckOptions {
  budget: Budget;
  /** Number of cached compiled schemas. */
  schemas: number;
  /** Maximum memory for parsing one answer. */
  parsedBytes: number;
}

/** Maximum memory of one JSON value besides its text. */
const bytesPerValue = 100;

/** Checks answers against clients' JSON Schemas, with a cache of the most recently used schemas. */
export class AnswerChecks {
  readonly #compiled = new Map<string, CompiledSchema>();
  readonly #options: AnswerCheckOptions;

  constructor(options: AnswerCheckOptions) {
    this.#options = options;
  }

  /** Throws a TooExpensive when the check exceeds its budget. */
  check({ schema, answer }: CheckRequest): CheckReply {
    try {
      const unchecked: string[] = [];
      const compiled = schema === undefined ? undefined : this.#compile(schema, unchecked);
      return { complaint: answer === undefined ? undefined : this.#complain(compiled, answer), unchecked };
    } catch (error) {
      // A schema or an answer that is nested too deeply exhausts the stack.
      if (error instanceof RangeError) throw new TooExpensive();
      throw error;
    }
  }

  #compile(schema: string, unchecked: string[]): CompiledSchema {
    let compiled = this.#compiled.get(schema);
    if (compiled === undefined) {
      compiled = compileSchema(JSON.parse(schema));
      unchecked.push(...compiled.unchecked);
    }
    // Maps keep insertion order, so the least recently used schema is the first.
    this.#compiled.delete(schema);
    this.#compiled.set(schema, compiled);
    const oldest = this.#compiled.keys().next().value;
    if (this.#compiled.size > this.#options.schemas && oldest !== undefined) this.#compiled.delete(oldest);
    return compiled;
  }

  #complain(compiled: CompiledSchema | undefined, answer: string): string | undefined {
    if (countValues(answer) * bytesPerValue + answer.length > this.#options.parsedBytes) throw new TooExpensive();
    const value = parse(answer);
    if (value === undefined) return 'it is not valid JSON';
    if (compiled === undefined) return isObject(value) ? undefined : 'it is not an object';
    return compiled.complain(value, this.#options.budget);
  }
}

/** Returns an upper bound for the values in JSON text. V8 cannot be interrupted while it parses. */
function countValues(text: string): number {
  let count = 1;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // A value can follow a comma, a colon, or the start of a list or an object.
    if (code === 0x2c || code === 0x3a || code === 0x5b || code === 0x7b) count += 1;
  }
  return count;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return undefined;
  }
}
