import { limits } from '../../../config/limits.ts';
import { isPage } from './wrong-address.ts';

/** Texts about the agent's machine and its secrets, which must not reach clients, with their replacements. */
const removals: [pattern: RegExp, replacement: string][] = [
  [/\bbearer\s+[^\s"',]+/gi, 'Bearer [secret]'],
  [/\b(?:(?:sk|pk|rk|gsk|xai|hf|tlr|key|token)[-_]|AIza)[\w*.-]{6,}/gi, '[secret]'],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>)]+/gi, '[url]'],
  [/(?<![\w/.<])(?:[A-Za-z]:)?(?:[\\/][\w.@+~-]+){2,}/g, '[path]'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\[[0-9a-f]*:[0-9a-f:.]+\](?::\d+)?/gi, '[host]'],
  [/\b(?:[a-z0-9-]+\.)+[a-z0-9-]*[a-z]:\d{2,5}\b|\b[a-z][a-z0-9-]*:\d{4,5}\b|\blocalhost\b/gi, '[host]'],
  [/\b(getaddrinfo(?: [A-Z_]+)?|ENOTFOUND|EAI_AGAIN)(?: (?!\[host\])[\w.-]+)/g, '$1 [host]'],
];

/**
 * Returns the reason that an upstream reports, fit for clients: one line of limited length, without stack traces, paths,
 * hosts, URLs and keys. Returns `undefined` when nothing remains, and for HTML.
 */
export function toReason(text: string): string | undefined {
  if (isPage(text)) return undefined;
  const { upstreamErrorBytes, upstreamReasonCharacters: max } = limits;
  // Bounded before the patterns run.
  let reason = withoutTrace(text.slice(0, upstreamErrorBytes))
    .slice(0, 4 * max)
    .replace(/\s+/g, ' ')
    .trim();
  for (const [pattern, replacement] of removals) reason = reason.replace(pattern, replacement);
  if (reason.length > max) reason = `${reason.slice(0, max - 1).trimEnd()}…`;
  return reason === '' ? undefined : reason;
}

/** Returns a Python traceback's last line, which is the error, and any other text up to its stack. */
function withoutTrace(text: string): string {
  const [before = '', trace] = text.split(/Traceback \(most recent call last\):?/, 2);
  if (trace !== undefined) return before.trim() || (trace.trim().split('\n').at(-1) ?? '');
  return text.split(/\n\s*(?:at\s|File "|goroutine |stack backtrace)/, 1)[0] ?? '';
}
