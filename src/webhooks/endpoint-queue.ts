import { limits } from '../config/limits.ts';
import type { WebhookEndpoint } from '../config/webhooks/webhook-config.ts';
import { tryParseJson } from '../json/try-parse-json.ts';
import type { Log } from '../log.ts';
import type { TakenWebhook, WebhookStore } from '../store/webhook-store.ts';
import { EndpointClient, type Failure } from './endpoint-client.ts';
import { toRetryDelay } from './to-retry-delay.ts';

export interface EndpointQueueOptions {
  /** The name of the endpoint. */
  name: string;
  endpoint: WebhookEndpoint;
  store: WebhookStore;
  log: Pick<Log, 'info' | 'warn' | 'error'>;
  version: string;
  /** Unix milliseconds. */
  now: () => number;
}

/**
 * Sends the due webhooks of one endpoint, a bounded number at once. Logs each change between working and failing once,
 * and each webhook that is given up.
 */
export class EndpointQueue implements AsyncDisposable {
  readonly #options: EndpointQueueOptions;
  readonly #client: EndpointClient;
  readonly #stopping = new AbortController();
  readonly #sending = new Set<Promise<void>>();
  #taking: Promise<void> | undefined;
  /** Whether to look again once the running look has ended. */
  #isWoken = false;
  /** Whether more webhooks may be due than were taken. */
  #mayHaveMore = false;
  #isStopped = false;
  #isFailing = false;
  #isStoreFailing = false;

  constructor(options: EndpointQueueOptions) {
    this.#options = options;
    this.#client = new EndpointClient(options.endpoint, options.version);
  }

  /** Looks for due webhooks and sends them. */
  wake(): void {
    if (this.#isStopped) return;
    this.#isWoken = true;
    this.#taking ??= this.#takeAll().finally(() => {
      this.#taking = undefined;
    });
  }

  /** Waits for running attempts for a short time. What they do not deliver is due again at once, here or elsewhere. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopped = true;
    const timer = setTimeout(() => this.#stopping.abort(), limits.webhookStopMs);
    await this.#taking;
    await Promise.all(this.#sending);
    clearTimeout(timer);
    await this.#client[Symbol.asyncDispose]();
  }

  async #takeAll(): Promise<void> {
    while (this.#isWoken && !this.#isStopped) {
      this.#isWoken = false;
      const free = limits.webhooksAtOnce - this.#sending.size;
      const taken = free > 0 ? await this.#take(free) : [];
      this.#mayHaveMore = taken.length === free;
      for (const webhook of taken) this.#begin(webhook);
    }
  }

  async #take(limit: number): Promise<TakenWebhook[]> {
    const { name, endpoint, store, now } = this.#options;
    const at = now();
    const retryAt = at + endpoint.timeoutMs + limits.webhookMarginMs;
    return (await this.#attempt(() => store.take({ endpoint: name, now: at, retryAt, limit }))) ?? [];
  }

  #begin(webhook: TakenWebhook): void {
    const sending = this.#send(webhook).finally(() => {
      this.#sending.delete(sending);
      if (this.#mayHaveMore) this.wake();
    });
    this.#sending.add(sending);
  }

  async #send(webhook: TakenWebhook): Promise<void> {
    const { store, now } = this.#options;
    const failure = await this.#client.send(webhook, this.#stopping.signal);
    if (this.#stopping.signal.aborted && failure) {
      await this.#attempt(() => store.postpone(webhook, now()));
      return;
    }
    this.#note(failure);
    if (failure) await this.#retry(webhook, failure);
    else await this.#attempt(() => store.remove(webhook.id));
  }

  async #retry(webhook: TakenWebhook, { error, isFinal, retryAfterMs }: Failure): Promise<void> {
    const { name, store, log, now } = this.#options;
    const { id, attempts, body, expiresAt } = webhook;
    const dueAt = now() + Math.max(retryAfterMs, toRetryDelay(attempts, Math.random()));
    if (!isFinal && dueAt < expiresAt * 1000) {
      await this.#attempt(() => store.postpone(webhook, dueAt));
      return;
    }
    log.error({ err: error, endpoint: name, webhook: id, attempts, event: tryParseJson(body) }, 'gave up webhook');
    await this.#attempt(() => store.remove(id));
  }

  #note(failure: Failure | undefined): void {
    const { name, log } = this.#options;
    if (this.#isFailing === (failure !== undefined)) return;
    this.#isFailing = failure !== undefined;
    if (failure) log.warn({ err: failure.error, endpoint: name }, 'webhook endpoint failed');
    else log.info({ endpoint: name }, 'webhook endpoint recovered');
  }

  /** Calls the store. A failure is logged, once until it recovers: what was not settled is due again later. */
  async #attempt<Result>(call: () => Promise<Result>): Promise<Result | undefined> {
    try {
      const result = await call();
      this.#isStoreFailing = false;
      return result;
    } catch (error) {
      const { name, log } = this.#options;
      if (!this.#isStoreFailing) log.error({ err: error, endpoint: name }, 'failed to store webhooks');
      this.#isStoreFailing = true;
      return undefined;
    }
  }
}
