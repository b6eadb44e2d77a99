/** A command of the command line. */
export interface Command {
  /**
   * Runs the command and returns the exit code. `args` are the words after its name; it handles `--help` itself. An error
   * is printed as one line; the exit code is then 2 for a UsageError and 1 otherwise.
   */
  run(args: readonly string[]): Promise<number>;
}

/** An invalid command line. The message is one line that names the invalid word. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
