import { createRequire } from 'node:module';
import { escapeHtml, type Html, trusted } from '../html.ts';

/** The part of highlight.js that is used here. Its own types would add those of browsers to the whole program. */
interface Highlighter {
  registerLanguage(name: string, grammar: unknown): void;
  configure(options: { classPrefix: string }): void;
  getLanguage(name: string): object | undefined;
  highlight(code: string, options: { language: string; ignoreIllegals: boolean }): { value: string };
}

const languages = [
  'bash',
  'go',
  'http',
  'ini',
  'javascript',
  'json',
  'nginx',
  'python',
  'sql',
  'typescript',
  'yaml',
] as const;

const require = createRequire(import.meta.url);
const highlighter: Highlighter = require('highlight.js/lib/core');
for (const name of languages) highlighter.registerLanguage(name, require(`highlight.js/lib/languages/${name}`));
// Classes, because the content security policy of the pages forbids style attributes.
highlighter.configure({ classPrefix: 'h-' });

/** Highlights code of a known language, by name or alias. Code of any other language stays plain. */
export function highlight(code: string, language: string): Html {
  if (!highlighter.getLanguage(language)) return trusted(escapeHtml(code));
  const { value } = highlighter.highlight(code, { language, ignoreIllegals: true });
  // Punctuation has the colour of text. Without its spans, JSON has half the size.
  return trusted(value.replaceAll(/<span class="h-punctuation">([^<]*)<\/span>/g, '$1'));
}
