import { createRequire } from 'node:module';
import type { Document } from 'yaml';
import { lazy } from '../../lazy.ts';
import { ConfigError } from '../config-error.ts';

const require = createRequire(import.meta.url);
/** Loaded by the first file: most servers have none, and start without it. */
const yaml = lazy((): typeof import('yaml') => require('yaml'));

/** Parses YAML to a document that can be read and edited. Throws a ConfigError of one line that names the file. */
export function parseYaml(file: string, text: string): Document {
  const document = yaml().parseDocument(text);
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw new ConfigError(`${file}: ${explain(problem)}.`);
  return document;
}

/** Returns the document's value. Throws a ConfigError of one line that names the file. */
export function toValue(file: string, document: Document): unknown {
  try {
    return document.toJS();
  } catch (reason) {
    // An alias without an anchor, or too many aliases.
    throw new ConfigError(`${file}: ${reason instanceof Error ? reason.message : 'cannot be read'}.`);
  }
}

function explain({ code, message }: { code: string; message: string }): string {
  // The further lines quote the invalid text, which may contain a secret.
  const line = (message.split('\n', 1)[0] ?? '').replace(/:$/, '');
  if (code === 'MULTIPLE_DOCS') return line.replace(/^.*(?= at line)/, 'Unexpected second document');
  return code === 'UNEXPECTED_TOKEN' && line.includes('flow-map-start')
    ? `${line} (within { }, "$\{NAME}" needs quotes)`
    : line;
}
