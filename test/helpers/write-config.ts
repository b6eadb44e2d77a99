import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ConfigOnDisk extends Disposable {
  path: string;
  /** Replaces its content. */
  write(text: string): void;
}

/** Writes a `talaria.yaml` to a temporary directory, which is removed when disposed. */
export function writeConfig(text: string): ConfigOnDisk {
  const directory = mkdtempSync(join(tmpdir(), 'talaria-config-'));
  const path = join(directory, 'talaria.yaml');
  const write = (changed: string): void => writeFileSync(path, changed);
  write(text);
  return { path, write, [Symbol.dispose]: () => rmSync(directory, { recursive: true }) };
}
