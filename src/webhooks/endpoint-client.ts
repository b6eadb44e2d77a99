import { Agent, buildConnector, request } from 'undici';
import { limits } from '../config/limits.ts';
import type { WebhookEndpoint } from '../config/webhooks/webhook-config.ts';
import { connectPublicly } from '../net/connect-publicly.ts';
import { fromRetryAfter } from '../net/from-retry-after.ts';
import type { TakenWebhook } from '../store/webhook-store.ts';
import { signWebhook } from './sign-webhook.ts';

/** Why an endpoint did not receive a webhook. */
export interface Failure {
  error: Error;
  /** Whether the endpoint receives none any more. */
  isFinal: boolean;
  /** The least wait that the endpoint asks for. */
  retryAfterMs: number;
}

const gone = 410;

/** Sends webhooks to one endpoint. Disposing it aborts running requests. */
export class EndpointClient implements AsyncDisposable {
  readonly #endpoint: WebhookEndpoint;
  readonly #userAgent: string;
  readonly #dispatcher: Agent;

  /** `version`: that of Talaria. No proxy is used: it would connect to addresses that this server must not reach. */
  constructor(endpoint: WebhookEndpoint, version: string) {
    const { allowsPrivate, timeoutMs } = endpoint;
    this.#endpoint = endpoint;
    this.#userAgent = `Talaria/${version}`;
    this.#dispatcher = new Agent({
      connect: allowsPrivate ? buildConnector({ timeout: timeoutMs, allowH2: false }) : connectPublicly(timeoutMs),
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Sends a webhook once. Returns why it was not received; `undefined`: it was. Never rejects. */
  async send({ id, body }: TakenWebhook, stop: AbortSignal): Promise<Failure | undefined> {
    const { url, keys, timeoutMs } = this.#endpoint;
    const timestamp = Math.floor(Date.now() / 1000);
    try {
      // Redirects are not followed: undici does so only on demand.
      const reply = await request(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': this.#userAgent,
          ...signWebhook({ id, timestamp, body }, keys),
        },
        body,
        dispatcher: this.#dispatcher,
        signal: AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]),
      });
      // The rest of the reply has no meaning. A short one leaves the connection open for the next webhook.
      reply.body.dump({ limit: limits.webhookReplyBytes }).catch(() => undefined);
      return toFailure(reply.statusCode, reply.headers['retry-after']);
    } catch (reason) {
      const error = reason instanceof Error ? reason : new Error('the request failed', { cause: reason });
      return { error, isFinal: false, retryAfterMs: 0 };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#dispatcher.destroy();
  }
}

function toFailure(status: number, retryAfter: string | string[] | undefined): Failure | undefined {
  if (status >= 200 && status < 300) return undefined;
  const seconds = fromRetryAfter(retryAfter, limits.webhookRetryAfterMs / 1000) ?? 0;
  const error = new Error(`the endpoint answered with HTTP ${status}`);
  return { error, isFinal: status === gone, retryAfterMs: seconds * 1000 };
}
