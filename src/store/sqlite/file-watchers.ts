import type { Database, Statement } from 'better-sqlite3';
import { limits } from '../../config/limits.ts';
import type { RunId } from '../run-store.ts';
import { RunWatchers } from '../shared/run-watchers.ts';

interface RunState {
  id: string;
  /** Number of its events. */
  events: number;
  cancelled: 0 | 1;
}

/**
 * Notifies the watchers of runs also of changes that other processes commit to the file. SQLite has no notifications, but
 * a counter of foreign commits in shared memory, which costs microseconds to read. Runs are only read when it has changed.
 */
export class FileWatchers extends RunWatchers {
  readonly #database: Database;
  readonly #version: Statement<[], number>;
  readonly #running: Statement<[], RunState>;
  #known = new Map<string, string>();
  #lastVersion: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database) {
    super();
    this.#database = database;
    this.#version = database.prepare<[], number>('PRAGMA data_version').pluck();
    this.#running = database.prepare<[], RunState>(
      'SELECT id, events, cancelled FROM runs INDEXED BY runs_running WHERE ended_at IS NULL',
    );
  }

  override watch(id: RunId, onChange: () => void): Disposable {
    this.#timer ??= this.#lookIn(limits.sqliteWatchMs);
    return super.watch(id, onChange);
  }

  override clear(): void {
    clearTimeout(this.#timer);
    super.clear();
  }

  #lookIn(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.#look(), milliseconds).unref();
  }

  #look(): void {
    const watched = this.watched();
    if (watched.length === 0 || !this.#database.open) return this.#pause();
    const started = performance.now();
    try {
      this.#notifyChanged(watched);
    } catch {
      // Watchers also poll, and their read reports the failure.
    }
    // Many running runs take longer to read, and are read less often.
    const tookMs = performance.now() - started;
    this.#timer = this.#lookIn(Math.max(limits.sqliteWatchMs, limits.sqliteWatchShare * tookMs));
  }

  #notifyChanged(watched: readonly string[]): void {
    const version = this.#version.get();
    if (version === this.#lastVersion) return;
    this.#lastVersion = version;
    const states = new Map(this.#running.all().map(({ id, events, cancelled }) => [id, `${events} ${cancelled}`]));
    const known = this.#known;
    this.#known = states;
    for (const id of watched) if (known.get(id) !== states.get(id)) this.notify(id);
  }

  #pause(): void {
    this.#timer = undefined;
    this.#known = new Map();
    this.#lastVersion = undefined;
  }
}
