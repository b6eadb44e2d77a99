import { ApiError } from '../../errors/api-error.ts';

/** Returns the error itself where it names no secret, else a copy without them. */
export type RedactError = (error: ApiError) => ApiError;

const replacement = '[secret]';
/** A shorter key is replaced only as a word of its own: `ollama` is a common one, and part of many messages. */
const shortestUnique = 8;
/** Parameters of `AGENT_URL` that are secrets by their names, and values too long to be anything else. */
const secretName = /key|token|secret|sig|pass|auth|code|cred/i;
const secretLength = 16;

/**
 * Removes the secrets of one agent from its errors: an upstream may echo its key in whatever it answers, as it is or
 * encoded. What an error says reaches clients, and its causes reach the log.
 */
export function createErrorRedactor(apiKey: string | undefined, url: URL): RedactError {
  const parameters = [...url.searchParams]
    .filter(([name, value]) => secretName.test(name) || value.length >= secretLength)
    .map(([, value]) => value);
  const secrets = [apiKey ?? '', ...parameters].filter((secret) => secret !== '');
  if (secrets.length === 0) return (error) => error;
  const forms = [...new Set(secrets.flatMap(toForms))].sort((one, other) => other.length - one.length);
  const pattern = new RegExp(forms.map(toPattern).join('|'), 'gi');
  const redact = (text: string) => text.replace(pattern, replacement);
  return (error) => redactApiError(error, redact);
}

/** As a URL, JSON, a header for basic authentication and its like would show it. */
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
  const { code, status, retryAfter } = error;
  return new ApiError(code, message, {
    status,
    cause,
    ...(wireCode === code ? {} : { wireCode }),
    ...(param === null ? {} : { param }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

/** A log shows an error's message, stack, own fields and causes. */
function redactCause(reason: unknown, redact: Redact): unknown {
  if (typeof reason === 'string') return redact(reason);
  if (!(reason instanceof Error)) return reason;
  const cause = redactCause(reason.cause, redact);
  const texts = [reason.message, reason.stack, ...Object.values(reason)].filter((text) => typeof text === 'string');
  if (cause === reason.cause && texts.every((text) => redact(text) === text)) return reason;
  // Its fields are left out: undici's hold bytes of the answer.
  const copy = new Error(redact(reason.message), { cause });
  copy.name = reason.name;
  copy.stack = redact(reason.stack ?? '');
  return copy;
}
