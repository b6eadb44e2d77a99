import { loadContract } from '../../src/contract/load-contract.ts';

/** Lists every `const` and `enum` of the contract: the words that lead into its branches. */
export function listWords(): string[] {
  const words = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, child] of Object.entries(value)) {
      if (name === 'const' && typeof child === 'string') words.add(child);
      else if (name === 'enum' && Array.isArray(child)) for (const word of child) words.add(String(word));
      else walk(child);
    }
  };
  walk(loadContract().document.components.schemas);
  return [...words];
}
