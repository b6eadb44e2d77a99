/** The server breaks the clause. `path` is the location in the body: `output[0].id`. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly path: string | undefined;
  /** Every violation that was found, when there are several. */
  readonly violations: readonly FoundViolation[];
  /** The offending part, when smaller than the body: one event of a stream. */
  readonly excerpt: string | undefined;

  constructor(message: string, options: FailureOptions = {}) {
    super(message);
    this.path = options.path;
    this.excerpt = options.excerpt;
    this.violations = options.violations ?? [];
  }
}

export interface FoundViolation {
  /** The location in the body, empty for the body itself. */
  path: string;
  message: string;
}

interface FailureOptions {
  path?: string;
  excerpt?: string;
  violations?: readonly FoundViolation[];
}

/** The server breaks a part of the clause that is a SHOULD. Reported as a warning, whatever the level of the audit. */
export class Shortfall extends Failure {}

/** The server reports that it doesn't support the feature. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}

/** The model didn't cooperate, so the server cannot be judged. Retried once. */
export class Inconclusive extends Error {
  override readonly name = 'Inconclusive';
}

/** The server is overloaded. */
export class Busy extends Inconclusive {
  /** The time before a retry; `undefined`: longer than a run waits. */
  readonly retryMs: number | undefined;

  constructor(message: string, retryMs: number | undefined) {
    super(message);
    this.retryMs = retryMs;
  }
}

/** A prerequisite is missing: a second key, a scriptable agent. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}
