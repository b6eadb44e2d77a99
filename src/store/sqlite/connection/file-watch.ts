import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { limits } from '../../../config/limits.ts';

/**
 * Whether the file of an open database is still where it was opened. One that was removed or replaced could be written for
 * as long as the process lives, and all of it would be gone with it.
 */
export class FilePlace {
  readonly #file: string | undefined;
  readonly #identity: string | undefined;
  #lookedAt = performance.now();
  #isThere = true;

  constructor({ name, memory }: Database) {
    this.#file = memory ? undefined : name;
    this.#identity = this.#identify();
  }

  isThere(): boolean {
    const now = performance.now();
    if (now - this.#lookedAt >= limits.sqliteLookMs) {
      this.#lookedAt = now;
      this.#isThere = this.#identify() === this.#identity;
    }
    return this.#isThere;
  }

  #identify(): string | undefined {
    if (this.#file === undefined) return undefined;
    try {
      const { dev, ino } = statSync(this.#file);
      return `${dev} ${ino}`;
    } catch {
      return undefined;
    }
  }
}
