import { ConfigError } from './config-error.ts';
import type { Environment } from './env.ts';
import { type ConfigFile, maxRetentionDays, toRetentionSeconds } from './file/config-file.ts';
import { hashKey } from './hash-key.ts';
import { isKeyText, keyTextRule } from './key-text.ts';
import { toInteger } from './parse/to-integer.ts';
import { defaultTenant, type KeyConfig, type TenancyConfig, type TenantSettings } from './tenant-settings.ts';

/** Merges the environment's key and retention with the keys and tenants of the file. */
export function toTenancy(
  env: Pick<Environment, 'key' | 'operatorKey' | 'retentionDays'>,
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
  return { keys: toKeys(env, file), tenants: new Map(tenants), standard };
}

function toKeys(env: Pick<Environment, 'key' | 'operatorKey'>, file: ConfigFile | undefined): KeyConfig[] | undefined {
  const own = [
    ...toVariableKey('API_SERVER_KEY', env.key),
    ...toVariableKey('API_SERVER_OPERATOR_KEY', env.operatorKey, { isOperator: true, operatesServer: true }),
  ];
  if (own.length === 0) return file?.keys && [...file.keys];
  const keys = [...own, ...(file?.keys ?? [])];
  for (const key of own) checkDuplicate(key, keys, file);
  return keys;
}

function toVariableKey(name: string, text: string | undefined, role: Partial<KeyConfig> = {}): KeyConfig[] {
  if (text === undefined) return [];
  if (!isKeyText(text)) throw new ConfigError(`${name} ${keyTextRule}.`);
  return [{ name, tenant: defaultTenant, hash: hashKey(text), ...role }];
}

function checkDuplicate(key: KeyConfig, keys: readonly KeyConfig[], file: ConfigFile | undefined): void {
  const duplicate = keys.find((other) => other !== key && other.hash === key.hash);
  if (!duplicate) return;
  const place = file?.keys?.includes(duplicate) ? ` "${duplicate.name}" in ${file.name}` : ` ${duplicate.name}`;
  throw new ConfigError(`${key.name} is also the key${place}: remove one of them.`);
}
