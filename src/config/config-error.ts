/** A setting that can't be used. The message is one line that names it; the process prints it and ends. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
