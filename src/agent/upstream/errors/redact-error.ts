import type { UpstreamSettings } from '../../../config/upstream-settings.ts';
import { ApiError } from '../../../errors/api-error.ts';

/** Returns the error itself when it contains no secret, else a redacted copy. */
export type RedactError = (error: ApiError) => ApiError;

const replacement = '[secret]';
/** Shorter keys are replaced only as whole words: the common key `ollama` is part of many messages. */
const shortestUnique = 8;
/** Query parameters and headers are secrets if their name says so, or from a length on. */
const secretName = /key|token|secret|sig|pass|auth|code|cred/i;
const minParameterLength = 16;

interface Secrets {
  apiKey: string | undefined;
  /** The base URL of the agent. */
  base: URL;
  settings: Pick<UpstreamSettings, 'headers' | 'proxy'>;
}

/**
 * Creates a function that removes the secrets of one agent from its errors. An upstream may echo its key, plain or
 * encoded; the message of an error is sent to clients, and its causes are logged.
 */
export function createErrorRedactor({ apiKey = '', base, settings }: Secrets): RedactError {
  const values = [
    ...[...base.searchParams].filter(isSecret(minParameterLength)),
    ...Object.entries(settings.headers).filter(isSecret(shortestUnique)),
  ];
  const secrets = [apiKey, ...values.flatMap(([, value]) => toTokens(value)), ...toCredentials(settings.proxy)].filter(
    (secret) => secret !== '',
  );
  if (secrets.length === 0) return (error) => error;
  const forms = [...new Set(secrets.flatMap(toForms))].sort((one, other) => other.length - one.length);
  const pattern = new RegExp(forms.map(toPattern).join('|'), 'gi');
  const redact = (text: string) => text.replace(pattern, replacement);
  return (error) => redactApiError(error, redact);
}

const isSecret =
  (minLength: number) =>
  ([name, value]: [string, string]): boolean =>
    secretName.test(name) || value.length >= minLength;

/** Returns the value of a header or parameter, and its token without the scheme, as in `Bearer TOKEN`. */
function toTokens(value: string): string[] {
  const [, token] = /^[A-Za-z]+ (\S+)$/.exec(value) ?? [];
  return token === undefined ? [value] : [value, token];
}

/** Returns the password of a proxy, and user and password as basic authentication sends them. */
function toCredentials(proxy: string | undefined): string[] {
  const { username, password } = proxy === undefined ? { username: '', password: '' } : new URL(proxy);
  if (password === '') return [];
  const [user, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
  return [password, secret, Buffer.from(`${user}:${secret}`).toString('base64')];
}

/** Returns a secret as it appears in a URL, in JSON, and in headers for basic and similar authentication. */
function toForms(secret: string): string[] {
  const encoded = [encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
  if (secret.length < shortestUnique) return [secret, ...encoded];
  const inBytes = [secret, `Bearer ${secret}`].flatMap((text) => {
    const bytes = Buffer.from(text);
    return [bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')];
  });
  return [secret, ...encoded, ...inBytes];
}

function toPattern(form: string): string {
  const escaped = form.replace(/[^A-Za-z0-9]/g, '\\$&');
  return form.length < shortestUnique ? `(?<![\\w-])${escaped}(?![\\w-])` : escaped;
}

type Redact = (text: string) => string;

function redactApiError(error: ApiError, redact: Redact): ApiError {
  const cause = redactCause(error.cause, redact);
  const message = redact(error.message);
  const wireCode = redact(error.wireCode);
  const param = error.param === null ? null : redact(error.param);
  const isClean =
    cause === error.cause && message === error.message && wireCode === error.wireCode && param === error.param;
  if (isClean) return error;
  const { code, status, retryAfter, isReachable } = error;
  return new ApiError(code, message, {
    status,
    cause,
    isReachable,
    ...(wireCode === code ? {} : { wireCode }),
    ...(param === null ? {} : { param }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

/** Redacts what a log prints of an error: its message, stack, own fields and causes. */
function redactCause(reason: unknown, redact: Redact): unknown {
  if (typeof reason === 'string') return redact(reason);
  if (!(reason instanceof Error)) return reason;
  const cause = redactCause(reason.cause, redact);
  const texts = [reason.message, reason.stack, ...Object.values(reason)].filter((text) => typeof text === 'string');
  if (cause === reason.cause && texts.every((text) => redact(text) === text)) return reason;
  // Own fields are omitted: undici's contain bytes of the answer.
  const copy = new Error(redact(reason.message), { cause });
  copy.name = reason.name;
  copy.stack = redact(reason.stack ?? '');
  return copy;
}
