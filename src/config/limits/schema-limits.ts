/** The bounds of clients' JSON Schemas and of checking answers against them. Part of `limits`. */
export const schemaLimits = {
  /** A client's JSON Schema, as JSON text. Prevents one that takes seconds and gigabytes to compile. */
  schemaBytes: 256 * 1024,
  /** Nesting levels in a client's JSON Schema. Prevents stack exhaustion. */
  schemaLevels: 128,
  /** JSON values in a client's JSON Schema, `enum` and `required` included. Prevents lists that are slow to read. */
  schemaValues: 50_000,
  /** Subschemas of a client's JSON Schema. Prevents one that takes seconds to compile. */
  schemaSubschemas: 10_000,
  /** Schemas that one value may be checked against. Prevents references that double at every step. */
  schemaFanOut: 10_000,
  /** Schemas within and behind one another that apply to one value. Prevents stack exhaustion by chained references. */
  schemaReferenceDepth: 200,
  /** Dynamic anchors shared by several schemas, and sets of them in scope. Prevents repeated traversals of a schema. */
  schemaDynamicScopes: 16,
  /** A regular expression in a client's JSON Schema. Prevents one that is slow to compile. */
  schemaPatternCharacters: 5_000,
  /** Checking one answer against its JSON Schema. Prevents one schema from occupying the checking thread. */
  schemaCheckMs: 1_000,
  /** Memory of the checking thread. Prevents a schema from exhausting the memory of the process. */
  schemaCheckMegabytes: 128,
  /** Characters of a JSON Schema and an answer that are checked on the main thread. Prevents a check that blocks it. */
  smallCheckCharacters: 16 * 1024,
  /** Schemas applied to values in a check on the main thread. Prevents a small schema from blocking it. */
  smallCheckSteps: 2_000,
  /** Schemas applied within one another in a check on the main thread. Prevents it from exhausting its stack. */
  smallCheckLevels: 200,
  /** The same on a checking thread. */
  schemaCheckLevels: 2_000,
  /** Checking threads. One of them runs only checks known to be quick. Prevents an expensive one from blocking all. */
  checkingThreads: 2,
  /** Duration below which a check counts as quick. */
  quickCheckMs: 100,
  /** Wait for a checking thread. Prevents a queue of expensive checks from delaying answers for long. */
  checkWaitMs: 10_000,
  /** Queued checks. Prevents their answers from filling memory. */
  waitingChecks: 1_000,
  /** Compiled JSON Schemas in the cache. Prevents both compiling one on every turn and unbounded memory. */
  compiledSchemas: 256,
} as const;
