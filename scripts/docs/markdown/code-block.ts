import { type Html, html } from '../html.ts';
import { highlight } from './highlight.ts';

export interface Code {
  /** A name or alias of the language, such as `js`. */
  language: string;
  text: string;
}

/** Languages with a tab, by the names that fences and samples use. */
const titles: Record<string, string> = {
  curl: 'curl',
  sh: 'Shell',
  python: 'Python',
  ts: 'TypeScript',
  js: 'JavaScript',
  go: 'Go',
  json: 'JSON',
  yaml: 'YAML',
};

const titleOf = (language: string): string => titles[language] ?? language;
const grammarOf = (language: string): string => (language === 'curl' ? 'sh' : language);

/** Renders a block of code that a keyboard can scroll. The script of the pages adds a button that copies it. */
export function renderCode({ language, text }: Code): Html {
  return html`<pre class="code" tabindex="0"><code data-language="${language}">${highlight(text.trimEnd(), grammarOf(language))}
</code></pre>
`;
}

/** Renders the same example in several languages. Without a script the blocks follow each other. */
export function renderTabs(codes: readonly Code[], label: string): Html {
  return html`<div class="tabs" data-label="${label}">${codes.map(
    (code) => html`<div class="tab" data-language="${code.language}" data-title="${titleOf(code.language)}">
<p class="tab-title">${titleOf(code.language)}</p>
${renderCode(code)}</div>
`,
  )}</div>
`;
}
