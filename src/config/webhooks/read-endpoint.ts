import type { SettingSource } from '../agent/setting-source.ts';
import { limits } from '../limits.ts';
import { isLoopback } from '../loopback.ts';
import { type WebhookEndpoint, type WebhookEventType, webhookEvents } from './webhook-config.ts';

export interface EndpointSources {
  url: SettingSource;
  secret: SettingSource;
  events?: SettingSource | undefined;
  allowPrivate?: SettingSource | undefined;
  timeout?: SettingSource | undefined;
}

/** Reads the settings of an endpoint. Throws a ConfigError for the first invalid one. */
export function readEndpoint(sources: EndpointSources): Omit<WebhookEndpoint, 'tenants'> {
  const { url, secret, events, allowPrivate, timeout } = sources;
  const allowsPrivate = allowPrivate?.isTrue() ?? false;
  return {
    url: readUrl(url, allowsPrivate),
    keys: readKeys(secret),
    events: new Set(events ? readEvents(events) : webhookEvents),
    allowsPrivate,
    timeoutMs: timeout ? readTimeout(timeout) : limits.webhookTimeoutMs,
  };
}

/** Whether a name leads to a private address is only known when it is connected to. */
function readUrl(source: SettingSource, allowsPrivate: boolean): string {
  const url = URL.parse(source.text());
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    return source.fail('must be an https URL without user and password');
  }
  if (allowsPrivate || (url.protocol === 'https:' && !isLoopback(url.hostname))) return url.href;
  return source.fail('must be an https URL; http and private addresses require allow_private (WEBHOOK_ALLOW_PRIVATE)');
}

/** As in Standard Webhooks. */
const keyBytes = { min: 24, max: 64 };

const secretRule = `must be "whsec_" and the base64 of ${keyBytes.min} to ${keyBytes.max} bytes`;

function readKeys(source: SettingSource): Buffer[] {
  const keys = source.texts().map((text) => toKey(text) ?? source.fail(secretRule));
  return keys.length > 0 ? keys : source.fail(secretRule);
}

/** Returns the bytes of a secret; `undefined` if it is invalid. */
function toKey(secret: string): Buffer | undefined {
  const [, base64 = ''] = /^whsec_(.*)$/.exec(secret) ?? [];
  const key = Buffer.from(base64, 'base64');
  const isExact = key.toString('base64') === base64;
  return isExact && key.length >= keyBytes.min && key.length <= keyBytes.max ? key : undefined;
}

function readEvents(source: SettingSource): WebhookEventType[] {
  const events = source.texts().map((text) => webhookEvents.find((event) => event === text) ?? source.fail(eventRule));
  return events.length > 0 ? events : source.fail(eventRule);
}

const eventRule = `must be some of: ${webhookEvents.join(', ')}`;

function readTimeout(source: SettingSource): number {
  const milliseconds = source.duration();
  return milliseconds <= limits.webhookLongestTimeoutMs ? milliseconds : source.fail('must be at most 1m');
}
