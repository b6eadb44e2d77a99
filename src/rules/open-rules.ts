import { dirname, resolve } from 'node:path';
import type { AgentClient } from '../agent/agent-client.ts';
import { ConfigError } from '../config/config-error.ts';
import type { RulesConfig } from '../config/to-agent-config.ts';
import { createValueCheck } from '../contract/check-value.ts';
import type { Contract } from '../contract/load-contract.ts';
import type { Schemas } from '../contract/types.ts';
import type { Log } from '../log.ts';
import { loadRules } from './file/load-rules.ts';
import { readRecordings } from './file/read-recordings.ts';
import { watchFiles } from './file/watch-files.ts';
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
  /** Reads the file again. An invalid one is logged and changes nothing. */
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
export function openRules({ name, config, contract, log }: RulesOptions): OpenRules {
  const { file } = config;
  const directory = file === undefined ? process.cwd() : dirname(resolve(file));
  const check = createValueCheck(contract, { $ref: '#/components/schemas/RuleSet' });
  const empty: RuleSource = {
    kind: 'none',
    set: { rules: [] },
    sources: readRecordings(directory, { isBounded: true }),
  };
  const book = new RuleBook(empty, { isStrict: config.isStrict });
  let fromFile = empty;
  let watched: Disposable | undefined;

  const read = () => {
    if (file === undefined) return;
    const recordings = readRecordings(directory, { isBounded: false });
    try {
      loadRules(file, check, (set) => {
        const next: RuleSource = { kind: 'file', set, sources: recordings };
        book.replace(next);
        fromFile = next;
      });
    } finally {
      watched?.[Symbol.dispose]();
      watched = watchFiles([resolve(file), ...recordings.files], reload);
    }
  };

  const reload = () => {
    try {
      read();
      if (file !== undefined) log.info({ agent: name, file, rules: fromFile.set.rules.length }, 'reloaded rules');
    } catch (error) {
      const reason = error instanceof ConfigError ? error.message : String(error);
      log.error({ agent: name, reason }, 'failed to reload rules');
    }
  };

  const close = () => watched?.[Symbol.dispose]();
  try {
    read();
  } catch (error) {
    close();
    throw error;
  }
  return {
    agent: createRulesAgent(book),
    report: () => book.report(name),
    replace: (set) => {
      check(set);
      book.replace({ kind: 'replaced', set, sources: readRecordings(directory, { isBounded: true }) });
    },
    reset: () => book.replace(fromFile),
    reload,
    [Symbol.dispose]: close,
  };
}
