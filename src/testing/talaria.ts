import { createAdminClient } from './admin-client.ts';
import { createJournal, type Journal } from './journal.ts';
import { createRules, type RuleSet, type Rules } from './rules.ts';

/** Options for the constructor of OpenAI's SDK, and of others that take these two. */
export interface ClientOptions {
  baseURL: string;
  apiKey: string;
}

/** A server that your program talks to in tests. */
export interface Talaria {
  /** The address, such as `http://127.0.0.1:49152`. */
  readonly url: string;
  /** The address with `/v1`, for `OPENAI_BASE_URL`. */
  readonly baseURL: string;
  /** The key, for `OPENAI_API_KEY`. */
  readonly apiKey: string;
  readonly clientOptions: ClientOptions;
  readonly rules: Rules;
  readonly journal: Journal;
  /** Restores the rules and empties the journal, between tests. */
  reset(): Promise<void>;
}

export interface TalariaParts {
  url: string;
  apiKey: string;
  operatorKey: string | undefined;
  initial: RuleSet | undefined;
}

/** Creates the controls of a server. */
export function createTalaria({ url, apiKey, operatorKey, initial }: TalariaParts): Talaria {
  const send = createAdminClient(url, operatorKey);
  const rules = createRules(send, initial);
  const journal = createJournal(send);
  const baseURL = `${url}/v1`;
  return {
    ...{ url, baseURL, apiKey, rules, journal },
    clientOptions: { baseURL, apiKey },
    async reset() {
      await rules.reset();
      await journal.reset();
    },
  };
}
