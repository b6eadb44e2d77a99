import { createHmac } from 'node:crypto';

export interface SignedContent {
  id: string;
  /** Unix seconds: when it is sent. */
  timestamp: number;
  body: string;
}

/** Returns the headers of a signed webhook, as in Standard Webhooks. Each key makes one signature. */
export function signWebhook({ id, timestamp, body }: SignedContent, keys: readonly Buffer[]): Record<string, string> {
  const content = `${id}.${timestamp}.${body}`;
  const signatures = keys.map((key) => `v1,${createHmac('sha256', key).update(content).digest('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': `${timestamp}`, 'webhook-signature': signatures.join(' ') };
}
