/** An invalid setting. The message is one line that names it; the process prints it and exits. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
