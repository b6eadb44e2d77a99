import type { Probe } from './probe.ts';
import { at } from './read-json.ts';

/** Kinds of answers that leave nothing to audit when every request gets them. */
type Kind = 'absent' | 'locked' | 'moved' | 'busy' | 'down' | 'page' | 'served';

/** Whether the path doesn't exist. A 404 may also be about the model of the request. */
export const isAbsent = ({ status, body }: Probe): boolean =>
  [404, 405, 501].includes(status) && at(body, 'error.code') !== 'model_not_found';

/** Whether a gateway has no server behind it. A 500 to an invalid request is a finding of the audits. */
export const isDown = ({ status }: Probe): boolean => [502, 503, 504].includes(status);

interface Asked {
  /** The base URL. */
  base: string;
  /** The option that set the key, if any. */
  keyOption: string | undefined;
}

/** Explains in one line why a server cannot be audited; `undefined` when it can. */
export function explainRefusal(probes: readonly Probe[], { base, keyOption }: Asked): string | undefined {
  const kinds = toKinds(probes);
  if (kinds.size === 0) return `${base} serves none of /models, /chat/completions and /responses. Check the URL.`;
  // The list of models may be public.
  const posts = toKinds(probes.filter(({ path }) => path !== '/models'));
  const telling = posts.size === 1 && posts.has('locked') ? posts : kinds;
  if (telling.size > 1) return undefined;
  const [kind] = telling;
  const { status = 0, headers = {} } = probes.find((one) => toKind(one) === kind) ?? {};
  const { location = '', 'retry-after': retryAfter } = headers;
  switch (kind) {
    case 'locked':
      return keyOption === undefined
        ? `${base} requires a key (${status}). Set --key.`
        : `${base} rejects the key of ${keyOption} (${status}).`;
    case 'moved':
      return `${base} redirects (${status}). Use the target URL${toPlace(location, base)}.`;
    case 'page':
      return `${base} is a web page, not an API. Check the URL.`;
    case 'busy':
      return `${base} answers every request with 429${retryAfter ? `, and with Retry-After: ${retryAfter}` : ''}.`;
    case 'down':
      return `${base} answers every request with ${status}.`;
    default:
      return undefined;
  }
}

/** Drops probes of missing paths: a server need not have all of them. */
const toKinds = (probes: readonly Probe[]): Set<Kind> =>
  new Set(probes.map(toKind).filter((kind) => kind !== 'absent'));

function toKind(probe: Probe): Kind {
  const { status, isPage } = probe;
  if (status === 401 || status === 403) return 'locked';
  if (isAbsent(probe)) return 'absent';
  if (status === 429) return 'busy';
  if (isDown(probe)) return 'down';
  if (status >= 300 && status < 400) return 'moved';
  // A server may answer a bad request with a page.
  return isPage && status < 300 ? 'page' : 'served';
}

/** Returns the base URL that a redirect leads to. */
function toPlace(location: string, base: string): string {
  const url = URL.parse(location, `${base}/`);
  return url ? `, ${url.origin}${url.pathname.replace(/\/(?:models|chat\/completions|responses)\/?$/, '')}` : '';
}
