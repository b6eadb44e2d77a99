/**
 * A normalized JSON Schema. It has only standard keywords with values of the right type, no identifiers, and
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

/** Returns the target of a reference in a plain document. */
export function findDefinition({ root, definitions }: PlainDocument, reference: unknown): PlainSchema {
  return reference === rootReference ? root : (definitions[Number(`${reference}`.slice('#/$defs/'.length))] ?? true);
}
