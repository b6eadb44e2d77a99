import type { Contract, ContractOperation } from '../../contract/load-contract.ts';

export type FindOperation = (method: string, path: string) => ContractOperation | undefined;

/**
 * Which of the contract's operations a request asks for; `undefined` for none. `base` is the path of the upstream's
 * URL: what the contract has below `/v1` lies below that.
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
    // A fixed path wins over a template that it fits: the contract lists it first.
    const template = patterns.find(({ pattern }) => pattern.test(contractPath))?.operation.path;
    return operations.find((operation) => operation.path === template && operation.method === method.toLowerCase());
  };
}
