import { defaultBounds } from '../agent/agent-bounds.ts';
import { createAgent } from '../agent/create-agent.ts';
import { createUpstreamProbe } from '../agent/upstream/upstream-probe.ts';
import type { SchemaLimits } from '../config/config.ts';
import type { UpstreamConfig } from '../config/to-agent-config.ts';
import { SchemaChecker } from '../schemas/schema-checker.ts';
import { checkAnswer } from './checks/check-answer.ts';
import { type Apis, checkApis } from './checks/check-apis.ts';
import { checkFormat } from './checks/check-format.ts';
import { checkModels } from './checks/check-models.ts';
import { checkReach } from './checks/check-reach.ts';
import { checkRuns } from './checks/check-runs.ts';
import { checkTools } from './checks/check-tools.ts';
import { checkUsage } from './checks/check-usage.ts';
import { describeConnectionError } from './describe-connection-error.ts';
import { chatDialect } from './dialects/chat-dialect.ts';
import { responsesDialect } from './dialects/responses-dialect.ts';
import { type CheckName, type Finding, fail } from './finding.ts';
import { Interview } from './interview.ts';
import { type SettingsPlace, Subject } from './subject.ts';

export interface ExamineOptions {
  place: SettingsPlace;
  /** One request. */
  timeoutMs: number;
  /** Concurrent requests of the last check; 0 omits it. */
  runs: number;
  schemas: SchemaLimits;
}

/** Examines one agent. Yields each finding when it is made, and stops when the next checks could not succeed. */
export async function* examineAgent(
  name: string,
  config: UpstreamConfig,
  { place, timeoutMs, runs, schemas }: ExamineOptions,
): AsyncGenerator<Finding> {
  await using probe = createUpstreamProbe(config);
  const subject = new Subject({ name, config, probe, place, timeoutMs });
  const reach = await checkReach(subject);
  yield* reach.findings;
  if (!reach.isUsable) return;
  const apis = await checkApis(subject).catch((error: unknown) => noReply('api', error, subject));
  yield* apis.findings;
  if (!apis.isUsable) return;
  const { findings, model } = checkModels(reach.models, subject);
  yield* findings;
  if (model === undefined) return;
  await using checker = new SchemaChecker(schemas, silent);
  await using agent = createAgent(config, { name, log: silent, bounds: defaultBounds, checker });
  const answer = await checkAnswer(agent, model, subject);
  yield* answer.findings;
  if (!answer.isUsable) return;
  const usesChat = config.api !== 'responses' && apis.offered.includes('chat-completions');
  const interview = new Interview(subject, usesChat ? chatDialect : responsesDialect, model);
  const checks: [CheckName, () => Promise<Finding>][] = [
    ['usage', () => checkUsage(interview, answer.hasUsage)],
    ['format', () => checkFormat(interview)],
    ['tools', () => checkTools(interview)],
  ];
  if (runs > 0) checks.push(['runs', () => checkRuns(interview, runs)]);
  for (const [check, run] of checks) {
    const result = await run().catch((error: unknown) => noReply(check, error, subject));
    yield* 'findings' in result ? result.findings : [result];
  }
}

/** The agent answered before and does not now. */
function noReply(check: CheckName, error: unknown, subject: Subject): Apis {
  const { message, remedy } = describeConnectionError(error, subject);
  return { findings: [fail(check, message, remedy)], offered: [], isUsable: false };
}

/** The findings have what these lines say. */
const silent = { info: () => {}, warn: () => {} };
