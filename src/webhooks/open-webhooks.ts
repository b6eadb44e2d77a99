import type { WebhookSender, WebhookSenderOptions } from './webhook-sender.ts';

/** Opens the sender of webhooks, if there are endpoints. Imports its code only then: other servers start without it. */
export async function openWebhooks(options: WebhookSenderOptions): Promise<WebhookSender | undefined> {
  if (options.endpoints.size === 0) return undefined;
  const { WebhookSender } = await import('./webhook-sender.ts');
  return new WebhookSender(options);
}
