import type { UpstreamApi } from '../../config/upstream-settings.ts';
import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import { type Finding, fail, note, pass } from '../finding.ts';
import { isMissing, isUnauthorized } from '../reply.ts';
import type { Subject } from '../subject.ts';
import { refusedCredentials } from './check-reach.ts';

export interface Apis {
  findings: Finding[];
  offered: readonly UpstreamApi[];
  isUsable: boolean;
}

/** Detects the APIs that the agent offers, by requests without a model, which cost nothing. */
export async function checkApis(subject: Subject): Promise<Apis> {
  const [chat, responses, capabilities] = await Promise.all([
    subject.post('chat/completions', {}),
    subject.post('responses', {}),
    subject.get(`${subject.basePath}/capabilities`),
  ]);
  const offered: UpstreamApi[] = [];
  if (!isMissing(chat)) offered.push('chat-completions');
  if (!isMissing(responses)) offered.push('responses');
  if (isHermes(capabilities.text)) offered.push('hermes');
  const refused = [chat, responses].find(isUnauthorized);
  if (refused) return { findings: [refusedCredentials(refused, subject)], offered, isUsable: false };
  const { apiKey } = subject.config;
  const credentials = pass('credentials', apiKey === undefined ? 'none required' : 'accepted');
  const finding = judge(offered, subject);
  return { findings: [credentials, finding], offered, isUsable: finding.verdict !== 'fail' };
}

function judge(offered: readonly UpstreamApi[], subject: Subject): Finding {
  const { api } = subject.config;
  const [other] = offered;
  const list = offered.join(', ');
  if (other === undefined) {
    return fail('api', 'offers neither chat completions nor responses', `check ${subject.settingName('url')}`);
  }
  if (!offered.includes(api)) {
    return fail('api', `does not offer ${api}; it offers ${list}`, `set ${subject.setting('api', other)}`);
  }
  if (offered.includes('hermes') && api !== 'hermes') {
    const message = `is Hermes, used by ${api}: its tools go on after a cancellation, and its history may lack their results`;
    return note('api', message, `set ${subject.setting('api', 'hermes')}`);
  }
  return pass('api', `uses ${api}${offered.length > 1 ? `, of ${list}` : ''}`);
}

function isHermes(text: string): boolean {
  const body = tryParseJson(text);
  return isObject(body) && String(body['object']).startsWith('hermes.');
}
