import type { LeaseStore } from '../store/lease-store.ts';

/**
 * Takes a lock that all servers of a store respect; `undefined`: somebody has it. It is given back by disposing it, or
 * when this server dies.
 */
export async function takeLock(leases: LeaseStore, server: string, name: string): Promise<AsyncDisposable | undefined> {
  if (!(await leases.lock(server, name))) return undefined;
  return { [Symbol.asyncDispose]: () => leases.unlock(server, name) };
}
