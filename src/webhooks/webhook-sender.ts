import { limits } from '../config/limits.ts';
import type { WebhookEndpoint } from '../config/webhooks/webhook-config.ts';
import { EndpointQueue, type EndpointQueueOptions } from './endpoint-queue.ts';

export interface WebhookSenderOptions extends Omit<EndpointQueueOptions, 'name' | 'endpoint'> {
  /** By name. */
  endpoints: ReadonlyMap<string, WebhookEndpoint>;
  /** Milliseconds between two looks for webhooks that are due. */
  pollMs?: number;
}

/**
 * Sends the webhooks of the store to their endpoints, those of other servers included: new ones at once, and others when
 * they are due. Endpoints do not wait for each other.
 */
export class WebhookSender implements AsyncDisposable {
  readonly #options: WebhookSenderOptions;
  readonly #queues: readonly EndpointQueue[];
  #watch: Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
    this.#queues = [...options.endpoints].map(([name, endpoint]) => new EndpointQueue({ ...options, name, endpoint }));
  }

  start(): void {
    const { store, pollMs = limits.webhookPollMs } = this.#options;
    this.#watch = store.watch(() => this.#wake());
    this.#timer = setInterval(() => this.#wake(), pollMs).unref();
    this.#wake();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#watch?.[Symbol.dispose]();
    clearInterval(this.#timer);
    await Promise.all(this.#queues.map((queue) => queue[Symbol.asyncDispose]()));
  }

  #wake(): void {
    for (const queue of this.#queues) queue.wake();
  }
}
