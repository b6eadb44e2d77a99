/** What was seen goes against the clause. `path` names the place in the body: `output[0].id`. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly path: string | undefined;
  /** The part that offends, where it is smaller than the body: one event of a stream. */
  readonly excerpt: string | undefined;

  constructor(message: string, options: { path?: string; excerpt?: string } = {}) {
    super(message);
    this.path = options.path;
    this.excerpt = options.excerpt;
  }
}

/** The server says honestly that it has not got this. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}

/** The model did not do what it was asked to, so nothing can be said about the server. Worth one more try. */
export class Inconclusive extends Error {
  override readonly name = 'Inconclusive';
}

/** What the audit needs was not given: a second key, an agent that can be scripted. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}
