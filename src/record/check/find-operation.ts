import type { Contract, ContractOperation } from '../../contract/load-contract.ts';

export type FindOperation = (method: string, path: string) => ContractOperation | undefined;

/**
 * Creates a function that finds the contract's operation of a request, `undefined` outside the contract. `base` is the
 * path of the upstream's URL; it replaces `/v1` in the contract's paths.
 */
export function createOperationFinder({ operations }: Pick<Contract, 'operations'>, base: string): FindOperation {
  const prefix = base.replace(/\/+$/, '');
  const patterns = operations.map((operation) => ({
    operation,
    pattern: new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }));
  return (method, path) => {
    const [pathname = ''] = path.split('?', 1);
    const isBelow = prefix !== '' && pathname.startsWith(`${prefix}/`);
    const contractPath = isBelow ? `/v1${pathname.slice(prefix.length)}` : pathname;
    // A fixed path takes precedence over a matching template: the contract lists it first.
    const template = patterns.find(({ pattern }) => pattern.test(contractPath))?.operation.path;
    return operations.find((operation) => operation.path === template && operation.method === method.toLowerCase());
  };
}
