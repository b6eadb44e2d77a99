import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';

interface Running {
  agents: Config['agents'];
  /** Does it ask for no key? */
  isOpen: boolean;
}

/** Can a running server take these keys and tenants in place of those it has? Throws a ConfigError if not. */
export function checkReload(running: Running, next: Pick<Config, 'tenancy'>): void {
  if (!running.isOpen && !next.tenancy.keys) {
    throw new ConfigError(
      'There are no keys any more, which would open the server to everyone here: it must be restarted.',
    );
  }
  for (const [tenant, { agents }] of next.tenancy.tenants) {
    const strange = agents?.find((name) => !running.agents.has(name));
    if (strange)
      throw new ConfigError(`tenants.${tenant}.agents: the agent "${strange}" is new: the server must be restarted.`);
  }
}
