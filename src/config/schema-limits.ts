/** The bounds of clients' JSON Schemas and of checking answers against them, with what each prevents. Part of `limits`. */
export const schemaLimits = {
  /** A client's JSON Schema, as JSON text. Prevents one that takes seconds and gigabytes to compile. */
  schemaBytes: 256 * 1024,
  /** Levels of JSON in a client's JSON Schema. Prevents one from exhausting the stack of what reads it. */
  schemaLevels: 128,
  /** JSON values in a client's JSON Schema, those of `enum` and `required` included. Prevents lists that take long to read. */
  schemaValues: 50_000,
  /** Subschemas of a client's JSON Schema. Prevents one that takes seconds to compile. */
  schemaSubschemas: 10_000,
  /** Schemas that one value may be checked against. Prevents references that double at every step. */
  schemaFanOut: 10_000,
  /** Schemas within and behind one another that apply to one value. Prevents a chain of references from exhausting the stack. */
  schemaReferenceDepth: 200,
  /** Dynamic anchors that several of its schemas have, and the sets of them that are in scope. Prevents one from being read often. */
  schemaDynamicScopes: 16,
  /** A regular expression in a client's JSON Schema. Prevents one that takes long to compile. */
  schemaPatternCharacters: 5_000,
  /** Checking one answer against its JSON Schema. Prevents one schema from occupying the checking thread. */
  schemaCheckMs: 1_000,
  /** Memory of the checking thread. Prevents a schema from exhausting the memory of the process. */
  schemaCheckMegabytes: 128,
  /** Characters of a JSON Schema and of an answer that are checked on the main thread. Prevents a check that blocks it. */
  smallCheckCharacters: 16 * 1024,
  /** Schemas applied to values in a check on the main thread. Prevents a small schema from blocking it. */
  smallCheckSteps: 2_000,
  /** Schemas applied within one another in a check on the main thread. Prevents it from exhausting its stack. */
  smallCheckLevels: 200,
  /** The same on a checking thread. */
  schemaCheckLevels: 2_000,
  /** Checking threads. One of them runs only checks that are known to be quick. Prevents an expensive one from blocking all. */
  checkingThreads: 2,
  /** A check that took less is known to be quick. */
  quickCheckMs: 100,
  /** Waiting for a checking thread. Prevents a queue of expensive checks from holding answers for long. */
  checkWaitMs: 10_000,
  /** Checks that may wait. Prevents their answers from filling memory. */
  waitingChecks: 1_000,
  /** Compiled JSON Schemas of clients that are remembered. Prevents both compiling one on every turn and unbounded memory. */
  compiledSchemas: 256,
} as const;
