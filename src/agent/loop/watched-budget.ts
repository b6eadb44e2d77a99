import type { Budget } from './loop-services.ts';

/** Passes a budget on, and remembers its refusal: it ends a run that has finished a reply, instead of failing it. */
export class WatchedBudget implements Budget {
  readonly #budget: Budget;
  #refusal: unknown;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  async check(): Promise<void> {
    try {
      await this.#budget.check();
    } catch (error) {
      this.#refusal = error;
      throw error;
    }
  }

  spend(tokens: number): Promise<void> {
    return this.#budget.spend(tokens);
  }

  /** Whether an error is the refusal of this budget. */
  hasRefused(error: unknown): boolean {
    return this.#refusal !== undefined && error === this.#refusal;
  }
}
