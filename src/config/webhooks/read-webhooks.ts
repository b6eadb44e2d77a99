import type { ConfigNode } from '../file/config-node.ts';
import { readTenants } from '../file/read-tenants.ts';
import { readEndpoint } from './read-endpoint.ts';
import type { WebhookEndpoint } from './webhook-config.ts';

/** Reads the setting `webhooks`. `known`: the tenants that the file defines; `undefined`: any name. */
export function readWebhooks(
  node: ConfigNode,
  known: readonly string[] | undefined,
): ReadonlyMap<string, WebhookEndpoint> {
  return new Map([...node.named()].map(([name, endpoint]) => [name, readOne(endpoint, known)] as const));
}

function readOne(node: ConfigNode, known: readonly string[] | undefined): WebhookEndpoint {
  const { url, secret, events, tenants, allow_private, timeout } = node.settings(
    'url',
    'secret',
    'events',
    'tenants',
    'allow_private',
    'timeout',
  );
  if (!url) return node.fail('url is required');
  if (!secret) return node.fail('secret is required');
  return {
    ...readEndpoint({ url, secret, events, allowPrivate: allow_private, timeout }),
    tenants: tenants && readTenants(tenants, known),
  };
}
