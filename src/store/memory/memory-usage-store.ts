import { toKey } from '../shared/to-key.ts';
import { toWindowEnd, windowSeconds } from '../shared/token-windows.ts';
import type { ReapRequest } from '../store.ts';
import type { TokenUse, UsageStore } from '../usage-store.ts';
import { findExpired } from './bounds/find-expired.ts';
import type { Lifetime } from './lifetime.ts';

interface Entry {
  key: string;
  endsAt: number;
  tokens: number;
}

/** Token counters in the memory of this process. */
export class MemoryUsageStore implements UsageStore {
  readonly #lifetime: Lifetime;
  readonly #windows = new Map<string, Entry>();

  constructor(lifetime: Lifetime) {
    this.#lifetime = lifetime;
  }

  async add(tenant: string, tokens: number, now: number): Promise<void> {
    this.#lifetime.assertOpen();
    for (const seconds of Object.values(windowSeconds)) {
      const endsAt = toWindowEnd(now, seconds);
      const key = toWindowKey(tenant, seconds, endsAt);
      const entry = this.#windows.get(key) ?? { key, endsAt, tokens: 0 };
      entry.tokens += tokens;
      this.#windows.set(key, entry);
    }
  }

  async read(tenant: string, now: number): Promise<TokenUse> {
    this.#lifetime.assertOpen();
    const find = (seconds: number) =>
      this.#windows.get(toWindowKey(tenant, seconds, toWindowEnd(now, seconds)))?.tokens ?? 0;
    return { minute: find(windowSeconds.minute), day: find(windowSeconds.day) };
  }

  /** Removes past windows and returns their number. */
  reap(request: ReapRequest): number {
    const past = findExpired(this.#windows.values(), ({ endsAt }) => endsAt, request);
    for (const { key } of past) this.#windows.delete(key);
    return past.length;
  }

  clear(): void {
    this.#windows.clear();
  }
}

const toWindowKey = (tenant: string, seconds: number, endsAt: number): string => toKey(tenant, `${seconds} ${endsAt}`);
