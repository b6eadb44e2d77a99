import { isObject } from '../json/is-object.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import { tryParseJson } from '../json/try-parse-json.ts';
import type { AgentTool } from './agent-tool.ts';

/** A freeform tool: its input is text, of a grammar or of any kind. */
export interface CustomToolDefinition {
  name: string;
  description?: string | undefined;
  grammar?: { syntax: string; definition: string } | undefined;
}

/** A freeform tool as a function with one string, for agents that know only functions. */
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

/** A freeform call's input as the arguments of that function. */
export const toCustomArguments = (input: string): string => JSON.stringify({ input });

const opening = /^\s*\{\s*"input"\s*:\s*"/;
/** Everything of a JSON string up to its closing quote; an escape that may not be whole yet is left for later. */
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

/** Reads a freeform input out of the arguments of that function, as they come. */
export class CustomInputReader {
  /** What has come and is not read yet. */
  #rest = '';
  #isOpened = false;
  input = '';

  /** What the delta adds to the input. */
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

  /** Arguments of another form are taken as the input itself: the model has ignored the function's shape. */
  end(): string {
    return this.#isOpened ? '' : this.#add(readOther(this.#rest));
  }

  #add(piece: string): string {
    this.input += piece;
    return piece;
  }
}

/** Models write raw line breaks, and backslashes that escape nothing, into JSON strings: they mean them. */
function fromEscapes(piece: string): string {
  return piece.replaceAll(escapeSequence, (whole: string, code?: string, character?: string) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : (controls[character ?? ''] ?? whole),
  );
}

function readOther(text: string): string {
  const value = tryParseJson(text);
  if (typeof value === 'string') return value;
  if (isObject(value) && typeof value['input'] === 'string') return value['input'];
  // A call without arguments; of anything else the model wrote the input itself.
  return text === '{}' ? '' : text;
}
