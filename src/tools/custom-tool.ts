import { isObject } from '../json/is-object.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import { tryParseJson } from '../json/try-parse-json.ts';
import type { AgentTool } from './agent-tool.ts';

/** A freeform tool. Its input is text, optionally of a grammar. */
export interface CustomToolDefinition {
  name: string;
  description?: string | undefined;
  grammar?: { syntax: string; definition: string } | undefined;
}

/** Returns a freeform tool as a function with one string parameter, for agents that support only functions. */
export function fromCustomTool({ name, description, grammar }: CustomToolDefinition): AgentTool {
  const rule = grammar && `The input must follow this ${grammar.syntax} grammar:\n${grammar.definition}`;
  const parts = [description, rule].filter((part) => part);
  return {
    name,
    ...omitUndefined({ description: parts.length > 0 ? parts.join('\n\n') : undefined }),
    parameters: {
      type: 'object',
      properties: { input: { type: 'string', description: 'The whole input of the tool, as plain text.' } },
      required: ['input'],
      additionalProperties: false,
    },
  };
}

/** Returns the input of a freeform call as the arguments of that function. */
export const toCustomArguments = (input: string): string => JSON.stringify({ input });

const opening = /^\s*\{\s*"input"\s*:\s*"/;
/** A JSON string up to its closing quote. An escape that may be incomplete is left for the next delta. */
const stringPiece = /^(?:[^"\\]+|\\(?:u[0-9a-fA-F]{4}|u(?![0-9a-fA-F]{0,3}$)|[^u]))*/;
const escapeSequence = /\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g;
const controls: Record<string, string> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '/': '/',
};

/** Extracts a freeform input from the streamed arguments of that function. */
export class CustomInputReader {
  /** Received text that is not read yet. */
  #rest = '';
  #isOpened = false;
  input = '';

  /** Returns the input that the delta adds. */
  read(delta: string): string {
    this.#rest += delta;
    if (!this.#isOpened) {
      const head = opening.exec(this.#rest)?.[0];
      if (head === undefined) return '';
      this.#isOpened = true;
      this.#rest = this.#rest.slice(head.length);
    }
    const piece = stringPiece.exec(this.#rest)?.[0] ?? '';
    this.#rest = this.#rest.slice(piece.length);
    return this.#add(fromEscapes(piece));
  }

  /**
   * Returns the rest of the input. Arguments of another form are the input itself: the model ignored the parameters.
   */
  end(): string {
    return this.#isOpened ? '' : this.#add(readOther(this.#rest));
  }

  #add(piece: string): string {
    this.input += piece;
    return piece;
  }
}

/**
 * Invalid escapes and raw line breaks are kept as they are: models write them into JSON strings and mean them
 * literally.
 */
function fromEscapes(piece: string): string {
  return piece.replaceAll(escapeSequence, (whole: string, code?: string, character?: string) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : (controls[character ?? ''] ?? whole),
  );
}

function readOther(text: string): string {
  const value = tryParseJson(text);
  if (typeof value === 'string') return value;
  if (isObject(value) && typeof value['input'] === 'string') return value['input'];
  // `{}` is a call without arguments. Any other text is the input itself.
  return text === '{}' ? '' : text;
}
