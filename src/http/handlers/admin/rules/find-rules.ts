import { ApiError } from '../../../../errors/api-error.ts';
import type { OpenRules } from '../../../../rules/open-rules.ts';
import type { HandlerDeps } from '../../../handler-deps.ts';

/** The services of the operations on rules. */
export type RulesDeps = Pick<HandlerDeps, 'rules' | 'isWorker'>;

/** Returns the rules of the named agent, or of the first one that has rules. Throws `rules_unavailable`. */
export function findRules({ rules, isWorker }: RulesDeps, agent: string | undefined): OpenRules {
  if (isWorker)
    throw unavailable('Several processes answer, and each has its own rules. Start the server with WORKERS=1.');
  const [first] = rules.values();
  if (!first) throw unavailable('No agent has rules. Start the server with AGENT_URL=rules:FILE.');
  const found = agent === undefined ? first : rules.get(agent);
  if (found) return found;
  throw unavailable(`No agent '${agent}' has rules. Expected one of: ${[...rules.keys()].join(', ')}.`, 'agent');
}

const unavailable = (message: string, param?: string): ApiError =>
  new ApiError('rules_unavailable', message, param === undefined ? {} : { param });
