/** Thrown for a JSON Schema that is invalid or exceeds its bounds. The message contains the location in the schema. */
export class SchemaError extends Error {
  constructor(reason: string, path: readonly (string | number)[] = []) {
    super(path.length === 0 ? reason : `${reason} (at ${cut(toPointer(path), 200)})`);
  }
}

function toPointer(path: readonly (string | number)[]): string {
  return `#/${path.map((name) => `${name}`.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
}

/** Shortens text of a client or a model for a message. */
export function cut(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters).toWellFormed()}…`;
}
