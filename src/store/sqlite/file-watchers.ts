import type { Database, Statement } from 'better-sqlite3';
import { limits } from '../../config/limits.ts';
import type { RunId } from '../run-store.ts';
import { RunWatchers } from '../shared/run-watchers.ts';
import type { RunLogs } from './logs/run-logs.ts';

interface NewWindows {
  after: number;
  writer: number;
}

interface RunState {
  id: string;
  /** The number of events in rows of its own. */
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
  readonly #lastWindow: Statement<[], number>;
  readonly #appended: Statement<NewWindows, string>;
  readonly #logs: Pick<RunLogs, 'writer'>;
  #known = new Map<string, string>();
  #lastVersion: number | undefined;
  /** The newest window at the last look. */
  #window = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, logs: Pick<RunLogs, 'writer'>) {
    super();
    this.#database = database;
    this.#logs = logs;
    this.#version = database.prepare<[], number>('PRAGMA data_version').pluck();
    this.#running = database.prepare<[], RunState>(
      'SELECT id, events, cancelled FROM runs INDEXED BY runs_running WHERE ended_at IS NULL',
    );
    this.#lastWindow = database.prepare<[], number>('SELECT coalesce(max(key), 0) FROM run_windows').pluck();
    this.#appended = database
      .prepare<NewWindows, string>(`
      SELECT DISTINCT runs.id FROM run_windows AS own, json_each(own.entries) AS entry
      JOIN runs ON runs.key = entry.value ->> 0
      WHERE own.key > @after AND own.writer <> @writer`)
      .pluck();
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
    this.#notifyAppended();
  }

  /** Notifies the watchers of runs with events in new windows of other handles. */
  #notifyAppended(): void {
    const windows = { after: this.#window, writer: this.#logs.writer };
    this.#window = this.#lastWindow.get() ?? 0;
    for (const id of this.#appended.all(windows)) this.notify(id);
  }

  #pause(): void {
    this.#timer = undefined;
    this.#known = new Map();
    this.#lastVersion = undefined;
  }
}
