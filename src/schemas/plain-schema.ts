/**
 * A JSON Schema in its plainest form: keywords of the standard alone, every value of the right type, no identifiers, and
 * references to `#` or to a numbered definition.
 */
export type PlainSchema = boolean | { [keyword: string]: unknown };

export interface PlainDocument {
  root: PlainSchema;
  /** Targets of references: `#/$defs/0`, `#/$defs/1`, … */
  definitions: PlainSchema[];
}

export const rootReference = '#';

export const toReference = (index: number): string => `#/$defs/${index}`;

/** The schema that a reference of a plain document leads to. */
export function findDefinition({ root, definitions }: PlainDocument, reference: unknown): PlainSchema {
  return reference === rootReference ? root : (definitions[Number(`${reference}`.slice('#/$defs/'.length))] ?? true);
}
