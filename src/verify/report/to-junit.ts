import type { Report, Result } from './report.ts';

/**
 * Formats the report as JUnit XML for CI systems. A failed MUST is a failure. Everything undecided, and a failed
 * SHOULD, is skipped with its reason, so that the build and the exit code agree.
 */
export function toJunit({ results, milliseconds, url, totals }: Report): string {
  const passed = totals.pass + totals.fail;
  const counts = `tests="${results.length}" failures="${totals.fail}" skipped="${results.length - passed}"`;
  const open = `<testsuite name="talaria verify ${escapeXml(url)}" ${counts} time="${toSeconds(milliseconds)}">`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', open, ...results.map(toCase), '</testsuite>', ''].join('\n');
}

function toCase(result: Result): string {
  const { id, area, title, milliseconds, outcome, message = '', clause, violations = [], evidence } = result;
  const name = escapeXml(`${id}: ${title}`);
  const open = `  <testcase classname="${escapeXml(area)}" name="${name}" time="${toSeconds(milliseconds)}"`;
  if (outcome === 'pass') return `${open}/>`;
  if (outcome !== 'fail') return `${open}><skipped message="${escapeXml(`${outcome}: ${message}`)}"/></testcase>`;
  const details = [
    `clause: ${clause}`,
    ...violations.map((violation) => `violation: ${violation.message}`),
    ...Object.entries(evidence ?? {}).map(([field, value]) => `${field}: ${value}`),
  ];
  return `${open}><failure message="${escapeXml(message)}">${escapeXml(details.join('\n'))}</failure></testcase>`;
}

const toSeconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Escapes text and attributes. Replaces characters that XML 1.0 forbids, such as controls in a broken body. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
