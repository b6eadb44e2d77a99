import { randomUUID } from 'node:crypto';
import type { RunId } from '../run-store.ts';
import { RunWatchers } from '../shared/run-watchers.ts';
import type { Connection } from './connection/connection.ts';
import { Listener } from './connection/listener.ts';
import type { Settings } from './connection/settings.ts';
import { nameStatements } from './statements/name-statements.ts';

/** One name for all databases: a channel is seen in its own database alone. */
const channel = 'talaria_runs';

/** Ids in one notification, whose text may have 8,000 bytes. */
const idsAtOnce = 100;

const statements = nameStatements('notifications', { notify: `SELECT pg_notify('${channel}', $1)` });

/**
 * Tells whoever watches a run, on this server and on every other, that it has changed. Other servers are told by a
 * statement of its own, after the change: a transaction that notifies keeps all others that do from committing until it
 * has reached the disk. What changes while one is under way goes together in the next.
 */
export class Notifications {
  readonly #connection: Connection;
  readonly #listener: Listener;
  readonly #watchers = new RunWatchers();
  /** Tells our own notifications from those of others. */
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

  /** To be called once the change can be read. */
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
      const ids = [...this.#changed].slice(0, idsAtOnce);
      for (const id of ids) this.#changed.delete(id);
      // What can't be sent is lost: whoever waits also looks by itself.
      await this.#connection.rows(statements.notify, [[this.#sender, ...ids].join(' ')]).catch(() => {});
    }
    this.#sending = false;
  }

  #receive(text: string): void {
    const [sender, ...ids] = text.split(' ');
    if (sender === this.#sender) return;
    for (const id of ids) this.#watchers.notify(id);
  }
}
