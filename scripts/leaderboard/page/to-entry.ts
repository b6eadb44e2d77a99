import { areas, audits } from '../../../src/verify/catalogue.ts';
import type { Entry } from '../entry.ts';
import type { EntryResult, Finding } from '../result.ts';
import { toScore } from '../score.ts';
import { toClauseLink } from './clause-links.ts';
import { toAnchor, toCode, toTable, wrap } from './markdown.ts';
import { toSettings } from './to-settings.ts';

const clauses = new Map<string, string>(audits.map(({ id, clause }) => [id, clause]));

/** Renders the section of one entry. */
export function toEntry(entry: Entry, result: EntryResult): string {
  const { version, date, milliseconds, skipped } = result;
  const from = entry.registry === 'none' ? 'this repository' : `${entry.registry}, \`${entry.packages[0]}\``;
  const checked =
    skipped === undefined ? `Checked on ${date} in ${Math.ceil(milliseconds / 1000)} s` : `Tried on ${date}`;
  const facts = `Version ${version}, from ${from}. ${checked}.`;
  const parts = [`## ${entry.title}`, wrap([facts, ...entry.notes].join(' '))];
  if (skipped === undefined) {
    parts.push(toAreas(result), ...toFailures(result));
  } else {
    parts.push(`No figures: ${skipped}`);
  }
  return [...parts, `### Settings of ${entry.title}`, toSettings(entry)].join('\n\n');
}

function toAreas(result: EntryResult): string {
  const rows = areas.flatMap(({ name, title }) => {
    const must = toScore(result, { level: 'MUST', area: name });
    const should = toScore(result, { level: 'SHOULD', area: name });
    const rest = (kind: 'unsupported' | 'inconclusive' | 'skipped') => must[kind] + should[kind] || '';
    return must.applied + should.applied + must.unsupported + should.unsupported + must.inconclusive === 0
      ? []
      : [
          [
            `[${title}](verify.md#${toAnchor(`${title} (${name})`)})`,
            must.applied === 0 ? '' : `${must.passed} / ${must.applied}`,
            should.applied === 0 ? '' : `${should.passed} / ${should.applied}`,
            rest('unsupported'),
            rest('inconclusive'),
            rest('skipped'),
          ],
        ];
  });
  return toTable(['area', 'MUST', 'SHOULD', 'unsupported', 'inconclusive', 'skipped'], rows);
}

function toFailures({ findings }: EntryResult): string[] {
  const failed = findings.filter(({ outcome }) => outcome === 'fail');
  const warned = findings.filter(({ outcome }) => outcome === 'warn');
  const undecided = findings.filter(({ outcome }) => outcome === 'inconclusive');
  return [
    ...(failed.length === 0 ? [] : [`Failed MUSTs:\n\n${toFailureTable(failed)}`]),
    ...(warned.length === 0 ? [] : [`Failed SHOULDs: ${warned.map(toAuditLink).join(', ')}.`]),
    ...(undecided.length === 0 ? [] : [`Inconclusive: ${undecided.map(toAuditLink).join(', ')}.`]),
  ];
}

function toFailureTable(failed: readonly Finding[]): string {
  const rows = failed.map((finding) => [
    toAuditLink(finding),
    toClause(clauses.get(finding.id) ?? ''),
    toCode(finding.message),
    [finding.request, finding.status].filter((part) => part !== undefined).join(' → '),
    toCode(finding.received ?? ''),
  ]);
  return toTable(['audit', 'clause', 'what is wrong', 'request', 'received'], rows);
}

/** Links to the audit's row in docs/verify.md. */
function toAuditLink({ id }: Finding): string {
  return `[\`${id}\`](verify.md#${id})`;
}

function toClause(clause: string): string {
  const text = clause.replaceAll('|', '\\|').replaceAll('[', '\\[');
  const link = toClauseLink(clause);
  return link === undefined ? text : `[${text}](${link})`;
}
