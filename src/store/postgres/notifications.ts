import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { limits } from '../../config/limits.ts';
import type { RunId } from '../run-store.ts';
import { RunWatchers } from '../shared/run-watchers.ts';
import type { Connection } from './connection/connection.ts';
import { Listener } from './connection/listener.ts';
import type { Settings } from './connection/settings.ts';
import { nameStatements } from './statements/name-statements.ts';

/** The same name in all databases, because a channel is visible in its own database only. */
const channel = 'talaria_runs';

/** The most ids of one notification. Its text is limited to 8,000 bytes. */
const maxIds = 100;

const statements = nameStatements('notifications', { notify: `SELECT pg_notify('${channel}', $1)` });

/**
 * Notifies the watchers of runs on all servers. Other servers are notified by a separate statement after the change,
 * because PostgreSQL commits transactions that notify one at a time. Changes during a notification, and for
 * `limits.postgresNotifyMs` after it, are batched into the next one.
 */
export class Notifications {
  readonly #connection: Connection;
  readonly #listener: Listener;
  readonly #watchers = new RunWatchers();
  /** Identifies the notifications of this process. */
  readonly #sender: string = randomUUID();
  readonly #changed = new Set<RunId>();
  #sending = false;

  constructor(connection: Connection, settings: Settings) {
    this.#connection = connection;
    this.#listener = new Listener(settings, {
      channel,
      onListening: () => this.#watchers.notifyAll(),
      onNotification: (text) => this.#receive(text),
    });
  }

  watch(id: RunId, onChange: () => void): Disposable {
    return this.#watchers.watch(id, onChange);
  }

  /** Call this after the change is readable. */
  notify(id: RunId): void {
    this.#watchers.notify(id);
    this.#changed.add(id);
    if (this.#sending) return;
    this.#sending = true;
    setImmediate(() => void this.#send());
  }

  async close(): Promise<void> {
    this.#watchers.clear();
    await this.#listener.close();
  }

  async #send(): Promise<void> {
    while (this.#changed.size > 0) {
      const ids = [...this.#changed].slice(0, maxIds);
      for (const id of ids) this.#changed.delete(id);
      // A failed notification is lost. Watchers also poll.
      await this.#connection.rows(statements.notify, [[this.#sender, ...ids].join(' ')]).catch(() => {});
      if (this.#changed.size < maxIds) await pause(limits.postgresNotifyMs, undefined, { ref: false });
    }
    this.#sending = false;
  }

  #receive(text: string): void {
    const [sender, ...ids] = text.split(' ');
    if (sender === this.#sender) return;
    for (const id of ids) this.#watchers.notify(id);
  }
}
