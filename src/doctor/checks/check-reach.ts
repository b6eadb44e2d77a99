import type { ProbeReply } from '../../agent/upstream/upstream-probe.ts';
import { describeConnectionError } from '../describe-connection-error.ts';
import { type Finding, fail, note, pass } from '../finding.ts';
import { isAccepted, isMissing, isUnauthorized, toModelIds, toReason } from '../reply.ts';
import type { Subject } from '../subject.ts';
import { findUrl } from './find-url.ts';

export interface Reach {
  findings: Finding[];
  /** The ids that the agent lists; `undefined` without a list. */
  models: string[] | undefined;
  /** Whether the other checks make sense. */
  isUsable: boolean;
}

/** Checks that the agent answers, accepts the credentials, and has its API below the configured URL. */
export async function checkReach(subject: Subject): Promise<Reach> {
  const started = performance.now();
  let reply: ProbeReply;
  try {
    reply = await subject.get(`${subject.basePath}/models`);
  } catch (error) {
    const { message, remedy } = describeConnectionError(error, subject);
    return unusable([fail('reachable', message, remedy)]);
  }
  const reachable = pass('reachable', `answers in ${Math.round(performance.now() - started)} ms`);
  if (isUnauthorized(reply)) return unusable([reachable, refusedCredentials(reply, subject)]);
  const models = toModelIds(reply);
  if (models !== undefined) return { findings: [reachable, pass('url', subject.url)], models, isUsable: true };
  const right = await findUrl(subject);
  if (right !== undefined) {
    const message = `no API at ${subject.url} (models: status ${reply.status}); found at ${right}`;
    return unusable([reachable, fail('url', message, `set ${subject.setting('url', right)}`)]);
  }
  if (isAccepted(reply) || isMissing(reply)) return withoutList(reply, subject, reachable);
  const message = `the list of models fails with status ${reply.status}: ${subject.excerpt(toReason(reply))}`;
  return unusable([reachable, fail('url', message, `check ${subject.settingName('api_key')}, then the agent's log`)]);
}

/** Some agents have no list of models. Then an operation tells whether the URL is right. */
async function withoutList(reply: ProbeReply, subject: Subject, reachable: Finding): Promise<Reach> {
  const operations = await Promise.all(['chat/completions', 'responses'].map((path) => subject.post(path, {})));
  if (operations.every(isMissing)) {
    const message = `neither ${subject.url}/models nor /chat/completions exists (status ${reply.status})`;
    const remedy = `${subject.settingName('url')} must be the base URL of the API, usually up to and including /v1`;
    return unusable([reachable, fail('url', message, remedy)]);
  }
  const { config } = subject;
  const listed = pass('url', `${subject.url} (without a list of models)`);
  if (config.model !== undefined || config.settings.models !== undefined) {
    return { findings: [reachable, listed], models: undefined, isUsable: true };
  }
  const unnamed = note(
    'models',
    'the agent has no list of models, so there is none to ask',
    `set ${subject.setting('model', 'NAME')}`,
  );
  return { findings: [reachable, listed, unnamed], models: undefined, isUsable: true };
}

/** Explains a 401 or 403. */
export function refusedCredentials(reply: ProbeReply, subject: Subject): Finding {
  const reason = subject.excerpt(toReason(reply));
  const setting = subject.settingName('api_key');
  const { apiKey } = subject.config;
  return apiKey === undefined
    ? fail('credentials', `the agent requires a key (${reply.status}: ${reason})`, `set ${setting}`)
    : fail('credentials', `the agent refuses the key (${reply.status}: ${reason})`, `correct ${setting}`);
}

const unusable = (findings: Finding[]): Reach => ({ findings, models: undefined, isUsable: false });
