import { ConfigError } from './config-error.ts';
import type { Environment } from './env.ts';
import { type ConfigFile, maxRetentionDays, toRetentionSeconds } from './file/config-file.ts';
import { hashKey } from './hash-key.ts';
import { isKeyText, keyTextRule } from './key-text.ts';
import { toInteger } from './parse/to-integer.ts';
import { defaultTenant, type KeyConfig, type TenancyConfig, type TenantSettings } from './tenant-settings.ts';

/** Merges the environment's key and retention with the keys and tenants of the file. */
export function toTenancy(
  env: Pick<Environment, 'key' | 'retentionDays'>,
  file: ConfigFile | undefined,
): TenancyConfig {
  const days = toInteger('RETENTION_DAYS', env.retentionDays ?? '30', { min: 0, max: maxRetentionDays });
  const standard: TenantSettings = {
    retentionSeconds: toRetentionSeconds(days),
    agents: undefined,
    limits: {
      runs: undefined,
      requestsPerMinute: undefined,
      tokensPerMinute: undefined,
      tokensPerDay: undefined,
      storageBytes: undefined,
    },
  };
  const tenants = [...(file?.tenants ?? [])].map(([name, own]) => [name, { ...standard, ...own }] as const);
  return { keys: toKeys(env.key, file), tenants: new Map(tenants), standard };
}

function toKeys(text: string | undefined, file: ConfigFile | undefined): readonly KeyConfig[] | undefined {
  if (text === undefined) return file?.keys;
  if (!isKeyText(text)) throw new ConfigError(`API_SERVER_KEY ${keyTextRule}.`);
  const key: KeyConfig = { name: 'API_SERVER_KEY', tenant: defaultTenant, hash: hashKey(text) };
  const duplicate = file?.keys?.find(({ hash }) => hash === key.hash);
  if (duplicate) {
    throw new ConfigError(`API_SERVER_KEY is also the key "${duplicate.name}" in ${file?.name}: remove one of them.`);
  }
  return [key, ...(file?.keys ?? [])];
}
