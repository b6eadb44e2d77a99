/**
 * What one upstream was found to need, from its refusals. Shared by all runs of an agent and empty when the server
 * starts.
 */
export class LearnedFields {
  readonly #values = new Map<string, string | undefined>();

  /** Whether the upstream refuses this field. */
  isRefused(field: string): boolean {
    return this.#values.has(field) && this.#values.get(field) === undefined;
  }

  /** Returns the name under which the upstream accepts this field. */
  nameOf(field: string): string {
    return this.#values.get(field) ?? field;
  }

  /** Records that the upstream refuses a field, or accepts it under another name. */
  learn(field: string, name?: string): void {
    this.#values.set(field, name);
  }
}
