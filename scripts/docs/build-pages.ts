import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import typescript from 'typescript';
import { type ContractDocument, listOperations } from './contract-document.ts';
import { type Guide, guides as paths, toGuide } from './guides.ts';
import { renderGuide } from './render-guide.ts';
import { renderSchemas } from './render-schemas.ts';
import { toApiPage, toGuidePage, toSchemasPage } from './to-page.ts';
import { toSearchIndex } from './to-search-index.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8');

/** Builds the files of the docs page from the contract, the guides and the browser code. Keys are paths below /docs/. */
export async function buildPages(document: ContractDocument): Promise<Record<string, string>> {
  const guides = await Promise.all(paths.map(async (path) => toGuide(path, await read(`docs/${path}`))));
  const operations = new Map(listOperations(document).map(({ id, hash }) => [id, `../${hash}`]));
  const links = { pages: new Set(guides.map(({ name }) => name)), names: operations };
  const entries = guides.map((guide) => ({ guide, rendered: renderGuide(guide, links) }));
  const { title } = document.info;
  return {
    'index.html': toApiPage(guides, title),
    'schemas.html': toSchemasPage(renderSchemas(document), title),
    ...Object.fromEntries(
      entries.map(({ guide, rendered }) => [`guide/${guide.name}.html`, toGuidePage(guide, guides, rendered.html)]),
    ),
    'assets/search-index.json': JSON.stringify(toSearchIndex(document, entries)),
    ...(await buildAssets(toMentions(guides, [...operations.keys()]))),
  };
}

/** Maps each operation to the guides that mention it. */
function toMentions(guides: Guide[], operations: string[]): Record<string, { name: string; title: string }[]> {
  const guidesOf = (operation: string) =>
    guides.flatMap(({ name, title, markdown }) => (markdown.includes(`\`${operation}\``) ? [{ name, title }] : []));
  return Object.fromEntries(operations.map((operation) => [operation, guidesOf(operation)]));
}

async function buildAssets(mentions: object): Promise<Record<string, string>> {
  const styles = await Promise.all(['colours', 'frame', 'docs'].map((name) => read(`scripts/docs/${name}.css`)));
  const assets: Record<string, string> = { 'assets/docs.css': styles.join('') };
  for (const path of globSync('scripts/docs/browser/*.ts', { cwd: root }).sort()) {
    const source = (await read(path)).replace('= {};', (empty) =>
      path.endsWith('guides-of.ts') ? `= ${JSON.stringify(mentions)};` : empty,
    );
    assets[`assets/${basename(path, '.ts')}.js`] = toJavaScript(source);
  }
  return assets;
}

function toJavaScript(source: string): string {
  const compilerOptions = {
    target: typescript.ScriptTarget.ES2022,
    module: typescript.ModuleKind.ESNext,
    removeComments: true,
    rewriteRelativeImportExtensions: true,
    verbatimModuleSyntax: true,
  };
  return typescript.transpileModule(source, { compilerOptions }).outputText;
}
