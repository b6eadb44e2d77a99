import type { Failure } from '../outcomes.ts';
import type { Exchange } from '../session.ts';
import { verifyLimits } from '../verify-limits.ts';
import type { Evidence } from './report.ts';

/** Lines of a body shown in a report. */
const shownLines = 6;

/** Redacts before cutting: no search finds half a key. */
export function toEvidence(exchange: Exchange, redact: (text: string) => string, failure?: Failure): Evidence {
  const received = failure?.excerpt ?? exchange.received ?? '';
  const evidence: Evidence = { request: redact(`${exchange.method} ${exchange.path}`) };
  if (exchange.sent !== '') evidence.sent = cut(redact(exchange.sent));
  if (exchange.status !== undefined) evidence.status = exchange.status;
  if (received !== '') evidence.received = cut(redact(received));
  if (failure?.path !== undefined) evidence.path = redact(failure.path);
  return evidence;
}

function cut(text: string): string {
  const lines = text.trimEnd().split('\n').slice(0, shownLines).join('\n');
  return lines.length > verifyLimits.excerptCharacters ? `${lines.slice(0, verifyLimits.excerptCharacters)}…` : lines;
}
