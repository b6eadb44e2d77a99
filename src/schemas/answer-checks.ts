import { isObject } from '../json/is-object.ts';
import type { Budget } from './apply-schema.ts';
import { type CompiledSchema, compileSchema } from './compile-schema.ts';
import { TooExpensive } from './scope.ts';

/** Texts, so that it is cheap to send. */
export interface CheckRequest {
  /** The JSON Schema; absent: any object fits. */
  schema: string | undefined;
  /** Absent: the schema is only compiled. */
  answer: string | undefined;
}

export interface CheckReply {
  complaint: string | undefined;
  /** Regular expressions that can't be checked, named when their schema is compiled. */
  unchecked: string[];
}

export interface AnswerCheckOptions {
  budget: Budget;
  /** How many compiled schemas are kept. */
  schemas: number;
  /** Memory for parsing one answer. */
  parsedBytes: number;
}

/** Memory of one JSON value, at most, besides its text. */
const bytesPerValue = 100;

/** Checks answers against the JSON Schemas of clients; keeps the schemas that were used last. */
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
      // A schema or an answer that is nested too deep exhausts the stack.
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
    // A map keeps the order of insertion: the one used last is the last.
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

/** An upper bound of the values in JSON text. V8 can't be interrupted while it parses. */
function countValues(text: string): number {
  let count = 1;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // One follows a comma, a colon, and the opening of a list or an object.
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
