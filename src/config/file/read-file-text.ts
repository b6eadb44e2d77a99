import { readFileSync } from 'node:fs';
import { ConfigError } from '../config-error.ts';

/** Returns the text of a file, `undefined` if it does not exist. Throws a ConfigError if it cannot be read. */
export function readFileText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (reason) {
    const code = reason instanceof Error && 'code' in reason ? reason.code : reason;
    if (code === 'ENOENT') return undefined;
    throw new ConfigError(`${file}: cannot read the configuration file (${code}).`);
  }
}
