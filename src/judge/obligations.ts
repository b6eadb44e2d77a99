/** The public contracts that bind a server. */
export type Source = 'openai' | 'open-responses';

/** The requirements of a public contract on one of our schemas. */
export interface Obligation {
  /** The fields that it requires. */
  required: string[];
  /** The fields that it requires, although an example that it publishes omits them. */
  excused: string[];
  /** The fields that may be null there, and not in our contract. */
  nullable: string[];
  /** The fields whose other values our contract restricts further, with the types that it accepts; none: any value. */
  wider: Record<string, string[]>;
}

/** By contract and the name of our schema. A schema that a contract does not describe has no entry. */
export type Obligations = Record<Source, Record<string, Obligation>>;
