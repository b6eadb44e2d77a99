import type { ConfigNode } from './config-node.ts';

/** Reads a list of tenants. `known`: the names that the file defines; `undefined`: any name. */
export function readTenants(node: ConfigNode, known: readonly string[] | undefined): string[] {
  return node.list().map((entry) => {
    const name = entry.name();
    return known && !known.includes(name) ? entry.fail(`tenants does not define "${name}"`) : name;
  });
}
