import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { RuleSource } from '../rule-book.ts';
import { type CheckRules, loadRules, readText } from './load-rules.ts';
import { readRecordings } from './read-recordings.ts';
import { watchFiles } from './watch-files.ts';

export interface RulesFileOptions {
  file: string;
  check: CheckRules;
  /** Uses the rules. Throws `invalid_value` for rules that are invalid. */
  use: (source: RuleSource) => void;
  /** Called after a change of the file, or of a recording that it names. */
  onChange: () => void;
}

/** A rules file with the recordings that it names. Their changes are reported until it is disposed. */
export class RulesFile implements Disposable {
  readonly #options: RulesFileOptions;
  /** The paths that are watched. */
  #paths: ReadonlySet<string> = new Set();
  #watch: Disposable | undefined;
  /** Identifies what was read last. */
  #stamp: string | undefined;

  constructor(options: RulesFileOptions) {
    this.#options = options;
  }

  /**
   * Reads the file, unless nothing has changed: counts stay then. Returns whether it has. Throws a ConfigError, once
   * for each change, for invalid rules.
   */
  read(): boolean {
    const { file, check, use } = this.#options;
    let paths = new Set([...this.#paths, resolve(file)]);
    try {
      const text = readText(file);
      const stamp = (files: Iterable<string>) => [text, ...Array.from(files, toStamp).sort()].join('\0');
      if (stamp(paths) === this.#stamp) return false;
      const sources = readRecordings(dirname(resolve(file)), { isBounded: false });
      try {
        loadRules({ file, text }, check, (set) => use({ kind: 'file', set, sources }));
        paths = new Set([resolve(file), ...sources.files]);
      } finally {
        paths = new Set([...paths, ...sources.files]);
        this.#stamp = stamp(paths);
      }
      return true;
    } finally {
      this.#follow(paths);
    }
  }

  [Symbol.dispose](): void {
    this.#watch?.[Symbol.dispose]();
  }

  /** Keeps its watch if the paths are the same: a change in between would be missed. */
  #follow(paths: ReadonlySet<string>): void {
    const isSame = paths.size === this.#paths.size && [...paths].every((path) => this.#paths.has(path));
    if (this.#watch && isSame) return;
    this.#paths = paths;
    const next = watchFiles(paths, this.#options.onChange);
    this.#watch?.[Symbol.dispose]();
    this.#watch = next;
  }
}

function toStamp(path: string): string {
  const { mtimeMs, size } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return `${path} ${mtimeMs} ${size}`;
}
