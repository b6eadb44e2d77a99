import { type HeaderList, redactedMark } from '../../recording/recording.ts';
import { eachHeader } from '../headers.ts';
import { recordLimits } from '../record-limits.ts';
import { isKeyHeader, isSecretName, isSecretParameter, secretPatterns } from './secret-patterns.ts';

type Range = [start: number, end: number];

/** Redacts secrets in recordings and on the terminal. Forwarded bytes are never changed. */
export class Redactor {
  readonly #patterns: readonly RegExp[];
  /** Keys seen in key headers. They are redacted everywhere, whatever their shape. */
  readonly #known = new Set<string>();
  /** Number of redacted secrets. */
  count = 0;

  /** `extra`: patterns of the user, with the flags `g` and `d`. */
  constructor(extra: readonly RegExp[] = []) {
    this.#patterns = [...secretPatterns, ...extra];
  }

  /** Remembers a key, as servers repeat it ("Incorrect API key provided: …"). Ignores short words such as "none". */
  learn(key: string): void {
    const isKey = key.length >= 12 || (key.length >= 8 && /\d/.test(key));
    if (isKey && this.#known.size < recordLimits.knownKeys) this.#known.add(key);
  }

  /** Remembers the keys in the headers of a request. */
  learnFrom(raw: readonly string[]): void {
    for (const [name, value] of eachHeader(raw)) {
      if (isKeyHeader(name)) this.learn(value.replace(/^\w+\s+/, '').trim());
    }
  }

  /** Returns the ranges of secrets in a text, in order and without overlap. */
  find(text: string): Range[] {
    const found: Range[] = [];
    for (const pattern of this.#patterns) {
      for (const { indices } of text.matchAll(pattern)) {
        const range = indices?.groups?.['secret'] ?? indices?.[0];
        // The text may already be redacted.
        if (range && range[1] > range[0] && text.slice(...range) !== redactedMark) found.push([range[0], range[1]]);
      }
    }
    for (const key of this.#known) {
      for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + key.length))
        found.push([at, at + key.length]);
    }
    return merge(found);
  }

  text(text: string): string {
    let rest = text;
    for (const [start, end] of this.find(text).reverse()) {
      this.count += 1;
      rest = rest.slice(0, start) + redactedMark + rest.slice(end);
    }
    return rest;
  }

  headers(raw: readonly string[]): HeaderList {
    return Array.from(eachHeader(raw), ([name, value]) => [name, isSecretName(name) ? redactedMark : this.text(value)]);
  }

  /** Redacts a path with its query. */
  path(path: string): string {
    const [head = '', ...queries] = path.split('?');
    const query = queries
      .join('?')
      .split('&')
      .map((pair) => {
        const name = pair.split('=', 1)[0] ?? '';
        return isSecretParameter(decode(name)) && pair.includes('=') ? `${name}=${redactedMark}` : pair;
      });
    return this.text(queries.length === 0 ? head : `${head}?${query.join('&')}`);
  }

  /** Returns a redacted copy of a JSON value. */
  value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    if (typeof value !== 'object' || value === null) return value;
    // `token` beside a log probability is a token of the model's output, not a secret.
    const isLogprob = 'logprob' in value;
    const entries = Object.entries(value).map(([name, child]): [string, unknown] => {
      const isSecret = isSecretName(name) && !(isLogprob && name === 'token');
      return [this.text(name), isSecret ? this.#secret(child) : this.value(child)];
    });
    return Object.fromEntries(entries);
  }

  /** Redacts strings only: an object under a secret name may be the schema of a field. */
  #secret(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#secret(item));
    if (typeof value !== 'string' || value === '') return this.value(value);
    this.count += 1;
    return redactedMark;
  }
}

function merge(ranges: Range[]): Range[] {
  const merged: Range[] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = merged.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
