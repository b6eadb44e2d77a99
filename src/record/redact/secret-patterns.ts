/** Names of headers, parameters and fields with secret values; case-insensitive, also as the end of a longer name. */
const words = [
  'authorization',
  'auth',
  'cookie',
  'api[-_]?keys?',
  'subscription[-_]?key',
  '(?:access|secret|private|signing)[-_]?key',
  'token',
  'secret',
  'passw(?:or)?d',
  'passphrase',
  'credentials?',
  'signature',
].join('|');

const secretName = new RegExp(`(?:^|[-_.])(?:${words})$`, 'i');

/** Whether a name such as `apiKey`, `OPENAI_API_KEY` or `x-api-key` denotes a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2'));
}

/** Whether a header carries the client's key, after the name of a scheme. */
export const isKeyHeader = (name: string): boolean => /^(?:authorization|(?:.*-)?api-key)$/i.test(name);

/** Whether a query parameter is a secret. Some APIs accept `?key=`. */
export const isSecretParameter = (name: string): boolean => isSecretName(name) || /^(?:key|sig)$/i.test(name);

/** Keys of providers and registries, by their prefixes. */
const keyShapes = [
  'sk-[\\w-]{4,}',
  'tlr_[\\w-]{4,}',
  '(?:gsk|hf|r8|rk|fw|sess|nvapi|pplx|xai|glpat|github_pat|gh[opsur])[-_][\\w-]{16,}',
  'xox[abeoprs]-[\\w-]{8,}',
  'A(?:KI|SI)A[0-9A-Z]{16}',
  'AIza[\\w-]{30,}',
  // A JSON Web Token.
  'eyJ[\\w-]{6,}\\.[\\w-]{6,}\\.[\\w-]*',
].join('|');

/**
 * Patterns of secrets within a text; the group `secret` is redacted. A value matches by its shape or by its position, so
 * that prose about keys stays.
 */
export const secretPatterns: readonly RegExp[] = [
  /(?<secret>-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?(?:-----END [A-Z ]*PRIVATE KEY-----|$))/dg,
  new RegExp(`(?<![\\w-])(?<secret>${keyShapes})`, 'dg'),
  /\bBearer\s+(?<secret>(?=[\w.~+/=-]*\d)[\w.~+/=-]{6,})/dgi,
  /\bBasic\s+(?<secret>(?=[\w+/]*[\d=])[\w+/]{8,}={0,2})/dg,
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/(?<secret>[^\s/@:"']{0,200}:[^\s/@"']{1,200})@/dgi,
  new RegExp(`[?&](?:[\\w.-]{0,40}[-_.])?(?:${words}|key|sig)=(?<secret>[^&#\\s"'\\\\]+)`, 'dgi'),
  // JSON within a text, with or without escaped quotes.
  new RegExp(
    `(?<quote>\\\\{0,7}["'])[\\w.-]{0,40}(?:${words})\\k<quote>\\s*:\\s*\\k<quote>(?<secret>[^"'\\\\]+)`,
    'dgi',
  ),
  // As in a file of environment variables.
  /\b[A-Z0-9_]{0,60}(?:API_KEY|SECRET|TOKEN|PASSWORD|PASSWD|ACCESS_KEY)\s*=\s*["']?(?<secret>[^\s"'\\]{4,})/dg,
  /\b(?:authorization|(?:x-)?api-key)\s*:\s*(?:(?:Basic|Bearer|Token)\s+)?(?<secret>[^\s"'\\,]{8,})/dgi,
];
