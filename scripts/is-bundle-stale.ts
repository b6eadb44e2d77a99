import { globSync, statSync } from 'node:fs';

/** The sources of the bundle in `dist/`. Folders count too: their times show deleted files. */
const sources = ['src', 'src/**', 'scripts/bundle*.ts', 'package-lock.json'];

/** Whether the bundled server in a repository is missing, or older than a source. `root` ends with a slash. */
export function isBundleStale(root: string): boolean {
  const bundled = timeOf(`${root}dist/main.js`);
  return globSync(sources, { cwd: root }).some((path) => timeOf(root + path) > bundled);
}

const timeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
