/** Returns a function that replaces secrets in a text. Longest first: one may be a prefix of another. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), toBase64(secret)]);
  const ordered = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
  return (text) => ordered.reduce((left, form) => left.replaceAll(form, '***'), text);
}

const toBase64 = (text: string): string => Buffer.from(text).toString('base64');
