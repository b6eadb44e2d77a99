import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';

interface Running {
  agents: Config['agents'];
  /** Whether the server accepts requests without a key. */
  isOpen: boolean;
}

/** Checks that a running server can switch to these keys and tenants. Throws a ConfigError if it needs a restart. */
export function checkReload(running: Running, next: Pick<Config, 'tenancy'>): void {
  if (!running.isOpen && !next.tenancy.keys) {
    throw new ConfigError(
      'The configuration has no keys any more. Restart the server to serve requests without a key.',
    );
  }
  for (const [tenant, { agents }] of next.tenancy.tenants) {
    const unknown = agents?.find((name) => !running.agents.has(name));
    if (unknown)
      throw new ConfigError(`tenants.${tenant}.agents: the agent "${unknown}" is new. Restart the server to add it.`);
  }
}
