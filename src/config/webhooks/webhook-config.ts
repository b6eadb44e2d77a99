/** The events that webhooks announce. */
export const webhookEvents = [
  'response.completed',
  'response.failed',
  'response.incomplete',
  'response.cancelled',
  'approval.requested',
] as const;

export type WebhookEventType = (typeof webhookEvents)[number];

/** A receiver of webhooks. */
export interface WebhookEndpoint {
  url: string;
  /** Each signs every webhook, so that a receiver may know any of them. Secret. */
  keys: readonly Buffer[];
  events: ReadonlySet<WebhookEventType>;
  /** The tenants whose events it receives. `undefined`: all. */
  tenants: readonly string[] | undefined;
  /** Whether its address may be private, and its URL `http:`. */
  allowsPrivate: boolean;
  /** One attempt. */
  timeoutMs: number;
}
