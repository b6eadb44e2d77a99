/** Does what one word of the command line asks for. */
export interface Command {
  /**
   * Gives the exit code. `args` are the words after the command's name; it answers `--help` itself. What it throws is
   * printed as one line, with exit code 2 for a UsageError and 1 for anything else.
   */
  run(args: readonly string[]): Promise<number>;
}

/** The words of a command line are off. The message says which, in one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
