import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** The reason of tests that start servers in their own process. */
export const wholeServers = 'whole servers';

/** Imports that make a test slow, and test files that loop for seconds. The first match names the reason. */
const slowImports: readonly [pattern: RegExp, reason: string][] = [
  [/^playwright-core$/, 'a browser'],
  [/^test\/packaging\/packed-package\.ts$/, 'packing'],
  [/^test\/store\/postgres\/test-server\.ts$/, 'PostgreSQL'],
  [/^test\/(crash|cluster)\//, 'crashes'],
  [/^node:child_process$/, 'child processes'],
  [/^test\/agent\/mcp\/mcp-servers\.test\.ts$/, 'child processes'],
  [/^test\/helpers\/talaria\.ts$/, wholeServers],
  [/^test\/(contract\/(request-fuzz|dispatch-unions)|verify\/hostile-servers)\.test\.ts$/, 'long loops'],
];

export interface FastTests {
  files: string[];
  /** Number of omitted files by reason. */
  omitted: ReadonlyMap<string, number>;
}

/** Selects the test files of the everyday lane. */
export function selectFastTests(root: string): FastTests {
  const files: string[] = [];
  const omitted = new Map<string, number>();
  for (const [file, reason] of findSlowReasons(root)) {
    if (reason === undefined) files.push(file);
    else omitted.set(reason, (omitted.get(reason) ?? 0) + 1);
  }
  return { files, omitted };
}

/**
 * Maps each test file to the reason why it is slow, or undefined, from what it imports, directly or through other files
 * of `test/` and `scripts/`. Imports of types alone and imports on demand do not count.
 */
export function findSlowReasons(root: string): Map<string, string | undefined> {
  const read = (file: string): string[] => readImports(readFileSync(posix.join(root, file), 'utf8'), file);
  const files = globSync('test/**/*.test.ts', { cwd: root }).sort();
  return new Map(files.map((file) => [file, findReason([file, ...collectImports(file, read)])]));
}

function findReason(imports: readonly string[]): string | undefined {
  return slowImports.find(([pattern]) => imports.some((name) => pattern.test(name)))?.[1];
}

function collectImports(start: string, read: (file: string) => string[]): Set<string> {
  const found = new Set<string>();
  const pending = [start];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    for (const name of read(file)) {
      if (found.has(name)) continue;
      found.add(name);
      if (/^(test|scripts)\/.*\.ts$/.test(name)) pending.push(name);
    }
  }
  return found;
}

/** Returns packages by name, and files by their path from the root. */
function readImports(text: string, file: string): string[] {
  const statements = text.matchAll(/^(?:import|export)(?! type\b)[^'";]*'([^']+)'/gm);
  return Array.from(statements, ([, name = '']) =>
    name.startsWith('.') ? posix.join(posix.dirname(file), name) : name,
  );
}
