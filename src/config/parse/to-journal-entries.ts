import { ConfigError } from '../config-error.ts';
import { limits } from '../limits.ts';
import type { AgentConfig } from '../to-agent-config.ts';
import { toInteger } from './to-integer.ts';

interface Setting {
  /** The value of `JOURNAL_ENTRIES`. */
  text: string | undefined;
  workers: number;
  agents: Iterable<AgentConfig>;
}

/**
 * Returns how many requests the journal keeps; 0: there is no journal. By default there is one if all agents are
 * simulated: a real agent's requests are private. Throws a ConfigError when several workers would have one each.
 */
export function toJournalEntries({ text, workers, agents }: Setting): number {
  if (text === undefined) return workers === 1 && [...agents].every(isPlayed) ? limits.journalEntries : 0;
  const entries = toInteger('JOURNAL_ENTRIES', text, { min: 0, max: limits.journalMaxEntries });
  if (entries > 0 && workers > 1) {
    throw new ConfigError(`JOURNAL_ENTRIES=${text} requires WORKERS=1: each worker would have a journal of its own.`);
  }
  return entries;
}

const isPlayed = ({ kind }: AgentConfig): boolean => kind !== 'upstream';
