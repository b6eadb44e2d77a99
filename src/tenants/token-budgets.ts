import type { TenantLimits } from '../config/tenant-settings.ts';
import { ApiError } from '../errors/api-error.ts';
import type { UsageStore } from '../store/usage-store.ts';

export interface TokenBudgetsOptions {
  /** Returns the current limits of a tenant. */
  limitsOf(tenant: string): TokenLimits;
  usage: UsageStore;
  log: { error(details: object, message: string): void };
  /** Unix milliseconds. */
  now: () => number;
}

type TokenLimits = Pick<TenantLimits, 'tokensPerMinute' | 'tokensPerDay'>;

/** The token budget of one tenant, as agents use it. */
export interface TokenBudget {
  check(): Promise<void>;
  spend(tokens: number): Promise<void>;
}

const minuteSeconds = 60;
const daySeconds = 86_400;

/**
 * The token budgets of tenants. Their counters are in the store, so all servers share them. Concurrent calls of a model
 * may each exceed a budget once, since their tokens are known when they end.
 */
export class TokenBudgets {
  readonly #options: TokenBudgetsOptions;

  constructor(options: TokenBudgetsOptions) {
    this.#options = options;
  }

  /** Returns the budget of a tenant, `undefined` for a tenant without one. */
  of(tenant: string): TokenBudget | undefined {
    const { tokensPerMinute, tokensPerDay } = this.#options.limitsOf(tenant);
    if (tokensPerMinute === undefined && tokensPerDay === undefined) return undefined;
    return { check: () => this.#check(tenant), spend: (tokens) => this.#spend(tenant, tokens) };
  }

  async #check(tenant: string): Promise<void> {
    const { limitsOf, usage } = this.#options;
    const { tokensPerMinute = Number.POSITIVE_INFINITY, tokensPerDay = Number.POSITIVE_INFINITY } = limitsOf(tenant);
    const now = this.#seconds();
    const { minute, day } = await usage.read(tenant, now);
    // The day's limit first: its window ends later.
    if (day >= tokensPerDay) throw budgetExceeded(tokensPerDay, 'day', daySeconds - (now % daySeconds));
    if (minute >= tokensPerMinute)
      throw budgetExceeded(tokensPerMinute, 'minute', minuteSeconds - (now % minuteSeconds));
  }

  /** Logs a failure: the answer is there, and the next check needs the store as well. */
  async #spend(tenant: string, tokens: number): Promise<void> {
    const { usage, log } = this.#options;
    try {
      await usage.add(tenant, tokens, this.#seconds());
    } catch (err) {
      log.error({ err, tenant, tokens }, 'failed to count tokens');
    }
  }

  #seconds(): number {
    return Math.floor(this.#options.now() / 1000);
  }
}

function budgetExceeded(limit: number, window: 'minute' | 'day', seconds: number): ApiError {
  const message = `The token budget of ${limit} tokens per ${window} is used up. Try again in ${seconds} s.`;
  return new ApiError('rate_limit_exceeded', message, { retryAfter: seconds });
}
