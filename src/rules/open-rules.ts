import { dirname, resolve } from 'node:path';
import type { AgentClient } from '../agent/agent-client.ts';
import { ConfigError } from '../config/config-error.ts';
import type { RulesConfig } from '../config/to-agent-config.ts';
import { createValueCheck } from '../contract/check-value.ts';
import type { Contract } from '../contract/load-contract.ts';
import type { Schemas } from '../contract/types.ts';
import type { Log } from '../log.ts';
import { readRecordings } from './file/read-recordings.ts';
import { RulesFile } from './file/rules-file.ts';
import { RuleBook, type RuleSource } from './rule-book.ts';
import type { RuleSet } from './rule-set.ts';
import { createRulesAgent } from './rules-agent.ts';

/** The rules of one agent, as operators manage them. */
export interface OpenRules extends Disposable {
  readonly agent: AgentClient;
  report(): Schemas['RuleReport'];
  /** Replaces the rules until the next `reset`. Throws `invalid_value`, without any change, for invalid ones. */
  replace(set: RuleSet): void;
  /** Returns to the rules of the file, or to none. */
  reset(): void;
  /** Reads the file again if it has changed. An invalid one is logged and changes nothing. */
  reload(): void;
}

export interface RulesOptions {
  /** The agent's name. */
  name: string;
  config: RulesConfig;
  contract: Pick<Contract, 'document' | 'prepared'>;
  log: Pick<Log, 'info' | 'error'>;
}

/** Opens the rules of an agent and follows the changes of their files. Throws a ConfigError for an invalid file. */
export function openRules({ name, config: { file, isStrict }, contract, log }: RulesOptions): OpenRules {
  const directory = file === undefined ? process.cwd() : dirname(resolve(file));
  const check = createValueCheck(contract, { $ref: '#/components/schemas/RuleSet' });
  const fromHttp = (kind: RuleSource['kind'], set: RuleSet): RuleSource => ({
    ...{ kind, set },
    sources: readRecordings(directory, { isBounded: true }),
  });
  let original = fromHttp('none', { rules: [] });
  const book = new RuleBook(original, { isStrict });
  const use = (source: RuleSource) => {
    book.replace(source);
    original = source;
  };
  const source = file === undefined ? undefined : new RulesFile({ file, check, use, onChange: reload });
  try {
    source?.read();
  } catch (error) {
    source?.[Symbol.dispose]();
    throw error;
  }
  return {
    agent: createRulesAgent(book),
    report: () => book.report(name),
    replace: (set) => {
      check(set);
      book.replace(fromHttp('replaced', set));
    },
    reset: () => book.replace(original),
    reload,
    [Symbol.dispose]: () => source?.[Symbol.dispose](),
  };

  function reload(): void {
    try {
      if (source?.read()) log.info({ agent: name, file, rules: original.set.rules.length }, 'reloaded rules');
    } catch (error) {
      const reason = error instanceof ConfigError ? error.message : String(error);
      log.error({ agent: name, reason }, 'failed to reload rules');
    }
  }
}
