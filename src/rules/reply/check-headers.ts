import { validateHeaderName, validateHeaderValue } from 'node:http';
import { createRuleError } from '../rule-error.ts';

/** Headers that say where a body ends. With another value, clients would wait for the rest, or read garbage. */
const framing = new Set(['content-length', 'transfer-encoding']);

/** Throws `invalid_value` for headers that cannot be sent. */
export function checkHeaders(headers: Readonly<Record<string, string>> = {}, param: string): void {
  for (const [name, value] of Object.entries(headers)) {
    if (framing.has(name.toLowerCase())) {
      throw createRuleError(`${param}.${name}`, "the server sets this header; to cut a body short, use 'fault'");
    }
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch (reason) {
      throw createRuleError(`${param}.${name}`, reason instanceof Error ? reason.message : `${reason}`);
    }
  }
}
