import { VariableSource } from '../agent/variable-source.ts';
import { ConfigError } from '../config-error.ts';
import type { Environment } from '../env.ts';
import type { ConfigFile } from '../file/config-file.ts';
import { readEndpoint } from './read-endpoint.ts';
import type { WebhookEndpoint } from './webhook-config.ts';

/** The name of the endpoint that the environment configures. */
const nameOfVariables = 'default';

type WebhookVariables = Pick<Environment, 'webhookUrl' | 'webhookSecret' | 'webhookAllowPrivate'>;

/** Returns the endpoints of the file, or that of the environment, by name. */
export function toWebhookEndpoints(
  { webhookUrl: url, webhookSecret: secret, webhookAllowPrivate: allowPrivate }: WebhookVariables,
  file: ConfigFile | undefined,
): ReadonlyMap<string, WebhookEndpoint> {
  if (url === undefined && secret === undefined) return file?.webhooks ?? new Map();
  if (url === undefined) throw new ConfigError('WEBHOOK_SECRET is set, but WEBHOOK_URL is not: set both or neither.');
  if (secret === undefined) {
    throw new ConfigError('WEBHOOK_URL is set, but WEBHOOK_SECRET is not: set both or neither.');
  }
  if (file?.webhooks.size) {
    throw new ConfigError(`WEBHOOK_URL and webhooks in ${file.name} are mutually exclusive: remove one.`);
  }
  const endpoint = readEndpoint({
    url: new VariableSource('WEBHOOK_URL', url),
    secret: new VariableSource('WEBHOOK_SECRET', secret),
    allowPrivate: allowPrivate === undefined ? undefined : new VariableSource('WEBHOOK_ALLOW_PRIVATE', allowPrivate),
  });
  return new Map([[nameOfVariables, { ...endpoint, tenants: undefined }]]);
}
