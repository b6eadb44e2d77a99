import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { rulesLimits } from '../rules-limits.ts';

/**
 * Calls back once after changes of any of these files. Their directories are watched, since editors replace files, and
 * Kubernetes replaces the link `..data` beside them. A directory that cannot be watched is skipped.
 */
export function watchFiles(files: Iterable<string>, onChange: () => void): Disposable {
  const names = Map.groupBy(files, dirname);
  let timer: NodeJS.Timeout | undefined;
  const note = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, rulesLimits.settleMs).unref();
  };
  const watchers = [...names].flatMap(([directory, paths]) => {
    const watched = new Set(paths.map((path) => basename(path)));
    return watchDirectory(directory, (name) => (name === null || name === '..data' || watched.has(name)) && note());
  });
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

function watchDirectory(directory: string, onChange: (name: string | null) => void): FSWatcher[] {
  try {
    const watcher = watch(directory, { persistent: false }, (_event, name) => onChange(name));
    // The directory may be removed: the last rules stay.
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch {
    return [];
  }
}
