import type { Probe } from './probe.ts';
import { at } from './read-json.ts';

/** Ways to answer that leave nothing to audit when every request is answered so. */
type Kind = 'absent' | 'locked' | 'moved' | 'busy' | 'broken' | 'page' | 'served';

/** Does a server say that it has not got the path? A 404 may also be about the model that a request names, or doesn't. */
export const isAbsent = ({ status, body }: Probe): boolean =>
  [404, 405, 501].includes(status) && at(body, 'error.code') !== 'model_not_found';

interface Asked {
  /** The API's address, as it was asked. */
  base: string;
  /** The option that gave the key, when there was one. */
  keyOption: string | undefined;
}

/** Why a server that answers so can not be audited, in one line; `undefined` when it can. */
export function explainRefusal(probes: readonly Probe[], { base, keyOption }: Asked): string | undefined {
  const kinds = toKinds(probes);
  if (kinds.size === 0) return `${base} has no models, no chat/completions and no responses: is the URL right?`;
  // A list of models may be public where nothing else is.
  const posts = toKinds(probes.filter(({ path }) => path !== '/models'));
  const telling = posts.size === 1 && posts.has('locked') ? posts : kinds;
  if (telling.size > 1) return undefined;
  const [kind] = telling;
  const { status = 0, location = '', retryAfter } = probes.find((one) => toKind(one) === kind) ?? {};
  switch (kind) {
    case 'locked':
      return keyOption === undefined
        ? `${base} wants a key (${status}): give it with --key.`
        : `${base} does not take the key of ${keyOption} (${status}).`;
    case 'moved':
      return `${base} redirects (${status}): give the address it leads to${toPlace(location, base)}.`;
    case 'page':
      return `${base} is a web page, not an API: is the URL right?`;
    case 'busy':
      return `${base} answers everything with 429${retryAfter ? `, and with Retry-After: ${retryAfter}` : ''}.`;
    case 'broken':
      return `${base} answers everything with ${status}.`;
    default:
      return undefined;
  }
}

/** Without what is absent: a server need not have everything. */
const toKinds = (probes: readonly Probe[]): Set<Kind> =>
  new Set(probes.map(toKind).filter((kind) => kind !== 'absent'));

function toKind(probe: Probe): Kind {
  const { status, isPage } = probe;
  if (status === 401 || status === 403) return 'locked';
  if (isAbsent(probe)) return 'absent';
  if (status === 429) return 'busy';
  if (status >= 500) return 'broken';
  if (status >= 300 && status < 400) return 'moved';
  return isPage ? 'page' : 'served';
}

/** Where a redirect leads, without the path of the request that was redirected. */
function toPlace(location: string, base: string): string {
  const url = URL.parse(location, `${base}/`);
  return url ? `, ${url.origin}${url.pathname.replace(/\/(?:models|chat\/completions|responses)\/?$/, '')}` : '';
}
