import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { limits } from '../../../config/limits.ts';

/**
 * Checks that the path of an open database still leads to the same file. Writes to a removed or replaced file succeed
 * as long as the process lives, and are lost with it.
 */
export class FileIdentity {
  readonly #file: string | undefined;
  readonly #identity: string | undefined;
  #checkedAt = performance.now();
  #isUnchanged = true;

  constructor({ name, memory }: Database) {
    this.#file = memory ? undefined : name;
    this.#identity = this.#identify();
  }

  /** Whether the file was the same at the last check. Checks at most once per `limits.sqliteLookMs`. */
  isUnchanged(): boolean {
    const now = performance.now();
    if (now - this.#checkedAt >= limits.sqliteLookMs) {
      this.#checkedAt = now;
      this.#isUnchanged = this.#identify() === this.#identity;
    }
    return this.#isUnchanged;
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
