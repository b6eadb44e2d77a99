import { readFileSync } from 'node:fs';

/** Reads SQL files that lie beside a module and joins them. `moduleUrl` is the module's `import.meta.url`. */
export const readSql = (moduleUrl: string, ...files: string[]): string =>
  files.map((file) => readFileSync(new URL(file, moduleUrl), 'utf8')).join('\n');
