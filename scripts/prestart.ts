import { globSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * `npm start` runs this first: it bundles the server into `dist/`, unless the bundle is newer than every source. Deleted
 * sources count too, by the time of their folder.
 */
const root = fileURLToPath(new URL('../', import.meta.url));
const sources = ['src', 'src/**', 'scripts/bundle*.ts', 'package-lock.json'];

const timeOf = (path: string): number => statSync(`${root}${path}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const bundled = timeOf('dist/main.js');
if (globSync(sources, { cwd: root }).some((path) => timeOf(path) > bundled)) {
  const { bundle } = await import('./bundle.ts');
  await bundle();
}
