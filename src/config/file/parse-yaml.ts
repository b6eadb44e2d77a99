import { type Document, parseDocument } from 'yaml';
import { ConfigError } from '../config-error.ts';

/** YAML text as a document that can be read and changed. Throws a ConfigError of one line that names the file. */
export function parseYaml(file: string, text: string): Document {
  const document = parseDocument(text);
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw new ConfigError(`${file}: ${explain(problem)}.`);
  return document;
}

/** The document's value. Throws a ConfigError of one line that names the file. */
export function toValue(file: string, document: Document): unknown {
  try {
    return document.toJS();
  } catch (reason) {
    // An alias without an anchor, or too many aliases.
    throw new ConfigError(`${file}: ${reason instanceof Error ? reason.message : 'can not be read'}.`);
  }
}

function explain({ code, message }: { code: string; message: string }): string {
  // What follows the first line shows the text at fault, and with it perhaps a secret.
  const line = (message.split('\n', 1)[0] ?? '').replace(/:$/, '');
  if (code === 'MULTIPLE_DOCS') return line.replace(/^.*(?= at line)/, 'There is a second document');
  return code === 'UNEXPECTED_TOKEN' && line.includes('flow-map-start')
    ? `${line} (within { }, "$\{NAME}" needs quotes)`
    : line;
}
