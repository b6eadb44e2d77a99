/** Tokens that a tenant has used in the current windows. Both windows are fixed, in UTC. */
export interface TokenUse {
  minute: number;
  day: number;
}

/** Counts the tokens of each tenant. Servers that share the store share the counters. */
export interface UsageStore {
  /** Adds tokens to the windows that contain `now`, in Unix seconds. */
  add(tenant: string, tokens: number, now: number): Promise<void>;

  /** Returns the tokens used in the windows that contain `now`, in Unix seconds. */
  read(tenant: string, now: number): Promise<TokenUse>;
}
