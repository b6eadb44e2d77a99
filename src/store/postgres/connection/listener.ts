import { Client } from 'pg';
import { limits } from '../../../config/limits.ts';
import type { Settings } from './settings.ts';

export interface ListenerOptions {
  channel: string;
  /** Called after each connect. Notifications before it may have been missed. */
  onListening: () => void;
  onNotification: (text: string) => void;
}

/** Listens to a channel on a connection of its own, and reconnects when it breaks. */
export class Listener {
  readonly #settings: Settings;
  readonly #options: ListenerOptions;
  #client: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(settings: Settings, options: ListenerOptions) {
    this.#settings = settings;
    this.#options = options;
    void this.#connect();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => {});
  }

  async #connect(): Promise<void> {
    const client = new Client(this.#settings.client);
    this.#client = client;
    client.on('error', () => this.#lose(client));
    client.on('end', () => this.#lose(client));
    client.on('notification', ({ payload }) => this.#options.onNotification(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${this.#options.channel}`);
      if (!this.#closed) this.#options.onListening();
    } catch {
      this.#lose(client);
    }
  }

  /** May be called several times for one lost connection. */
  #lose(client: Client): void {
    if (client !== this.#client) return;
    this.#client = undefined;
    client.end().catch(() => {});
    if (!this.#closed) this.#timer = setTimeout(() => void this.#connect(), limits.postgresReconnectMs);
  }
}
