import { isObject } from '../../src/json/is-object.ts';
import { tryParseJson } from '../../src/json/try-parse-json.ts';

export interface AuditVerdict {
  kind: 'sound' | 'vulnerable' | 'skipped';
  /** `skipped: REASON` if the registry did not reply. */
  message: string;
}

/** Low severities are often theoretical and would block the gate for months. */
const failing = ['moderate', 'high', 'critical'];

/** Judges the output of `npm audit --json`. Output without a list of vulnerabilities counts as no reply. */
export function judgeAudit(text: string): AuditVerdict {
  const report = tryParseJson(text);
  const vulnerabilities = isObject(report) ? report['vulnerabilities'] : undefined;
  if (!isObject(vulnerabilities)) return { kind: 'skipped', message: `skipped: ${reasonOf(report)}` };
  const lines = Object.values(vulnerabilities)
    .filter(isObject)
    .filter(({ severity }) => failing.includes(`${severity}`))
    .map(({ name, severity, range, via }) => `${name} ${range}: ${severity}${describe(via)}`);
  if (lines.length === 0) return { kind: 'sound', message: 'no known vulnerability of moderate severity or worse' };
  return { kind: 'vulnerable', message: lines.join('\n') };
}

function describe(via: unknown): string {
  const titles = (Array.isArray(via) ? via : []).map((one) =>
    isObject(one) ? `${one['title']} ${one['url']}` : `by ${one}`,
  );
  return titles.length === 0 ? '' : `, ${titles.join('; ')}`;
}

function reasonOf(report: unknown): string {
  const message = isObject(report) ? report['message'] : undefined;
  const reason = typeof message === 'string' ? (message.split('\n', 1)[0] ?? '') : 'no answer in time';
  return `the registry does not answer audit requests (${reason.slice(0, 200)})`;
}
