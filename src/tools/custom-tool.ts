import type { AgentTool } from '../agent/agent-client.ts';
import { dropAbsent } from '../drop-absent.ts';

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
    ...dropAbsent({ description: parts.length > 0 ? parts.join('\n\n') : undefined }),
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
/** Everything of a JSON string up to its closing quote; an escape that is not whole yet is left for later. */
const stringPiece = /(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;

/** Reads a freeform input out of the arguments of that function, as they come. */
export class CustomInputReader {
  #text = '';
  #at: number | undefined;
  input = '';

  /** What the delta adds to the input. */
  read(delta: string): string {
    this.#text += delta;
    this.#at ??= opening.exec(this.#text)?.[0].length;
    if (this.#at === undefined) return '';
    stringPiece.lastIndex = this.#at;
    const piece = stringPiece.exec(this.#text)?.[0] ?? '';
    this.#at += piece.length;
    return this.#add(JSON.parse(`"${escapeControls(piece)}"`));
  }

  /** Arguments of another form are taken as the input itself: the model has ignored the function's shape. */
  end(): string {
    return this.#at === undefined ? this.#add(readOther(this.#text)) : '';
  }

  #add(piece: string): string {
    this.input += piece;
    return piece;
  }
}

/** Models write raw line breaks into JSON strings; they mean them. */
function escapeControls(piece: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON does not allow in a string
  return piece.replaceAll(/[\u0000-\u001f]/g, (character) => JSON.stringify(character).slice(1, -1));
}

function readOther(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string') return value;
    if (typeof value === 'object' && value !== null && 'input' in value && typeof value.input === 'string') {
      return value.input;
    }
  } catch {
    // Not JSON at all: the model wrote the input itself.
  }
  return text;
}
