/** The server breaks the clause. `path` is the location in the body: `output[0].id`. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly path: string | undefined;
  /** The offending part, when smaller than the body: one event of a stream. */
  readonly excerpt: string | undefined;

  constructor(message: string, options: { path?: string; excerpt?: string } = {}) {
    super(message);
    this.path = options.path;
    this.excerpt = options.excerpt;
  }
}

/** The server reports that it doesn't support the feature. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}

/** The model didn't cooperate, so the server cannot be judged. Retried once. */
export class Inconclusive extends Error {
  override readonly name = 'Inconclusive';
}

/** A prerequisite is missing: a second key, a scriptable agent. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}
