import { readFileSync } from 'node:fs';
import { ConfigError } from '../config-error.ts';

/** `undefined` when there is no such file. Throws a ConfigError when it can't be read. */
export function readFileText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (reason) {
    const code = reason instanceof Error && 'code' in reason ? reason.code : reason;
    if (code === 'ENOENT') return undefined;
    throw new ConfigError(`${file}: the configuration file can not be read (${code}).`);
  }
}
