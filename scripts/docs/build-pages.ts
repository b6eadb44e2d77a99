import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import typescript from 'typescript';
import type { Recording } from '../record-examples/recorder.ts';
import { type ContractDocument, listOperations } from './contract-document.ts';
import { fillErrorCodes } from './fill-error-codes.ts';
import { fillFences } from './fill-fences.ts';
import { type Guide, guides as paths, toGuide } from './guides.ts';
import { renderGuide } from './render-guide.ts';
import { renderSchemas } from './render-schemas.ts';
import { toApiPage, toGuidePage, toSchemasPage } from './to-page.ts';
import { toSearchIndex } from './to-search-index.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8');

/** Everything under /docs/ that is ours, by path from the repository's root; the guides themselves are filled too. */
export async function buildPages(
  document: ContractDocument,
  recordings: Record<string, Recording>,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const guides: Guide[] = [];
  const { ErrorCode = {} } = document.components.schemas;
  files['README.md'] = fillErrorCodes(await read('README.md'), ErrorCode);
  for (const path of paths) {
    const markdown = fillErrorCodes(fillFences(await read(`docs/${path}`), recordings), ErrorCode);
    files[`docs/${path}`] = markdown;
    guides.push(toGuide(path, markdown));
  }
  const operations = new Map(listOperations(document).map(({ id, hash }) => [id, `../${hash}`]));
  const links = { pages: new Set(guides.map(({ name }) => name)), names: operations };
  const entries = guides.map((guide) => ({ guide, rendered: renderGuide(guide, links) }));
  for (const { guide, rendered } of entries) {
    files[`generated/docs/guide/${guide.name}.html`] = toGuidePage(guide, guides, rendered.html);
  }
  const { title } = document.info;
  files['generated/docs/index.html'] = toApiPage(guides, title);
  files['generated/docs/schemas.html'] = toSchemasPage(renderSchemas(document), title);
  files['generated/docs/assets/search-index.json'] = JSON.stringify(toSearchIndex(document, entries));
  const mentions = toMentions(guides, [...operations.keys()]);
  return { ...files, ...(await buildAssets(mentions)) };
}

/** The guides that name an operation, for the operation to name them. */
function toMentions(guides: Guide[], operations: string[]): Record<string, { name: string; title: string }[]> {
  const guidesOf = (operation: string) =>
    guides.flatMap(({ name, title, markdown }) => (markdown.includes(`\`${operation}\``) ? [{ name, title }] : []));
  return Object.fromEntries(operations.map((operation) => [operation, guidesOf(operation)]));
}

async function buildAssets(mentions: object): Promise<Record<string, string>> {
  const assets: Record<string, string> = { 'generated/docs/assets/docs.css': await read('scripts/docs/docs.css') };
  for (const path of globSync('scripts/docs/browser/*.ts', { cwd: root }).sort()) {
    const source = (await read(path)).replace('= {};', (empty) =>
      path.endsWith('guides-of.ts') ? `= ${JSON.stringify(mentions)};` : empty,
    );
    assets[`generated/docs/assets/${basename(path, '.ts')}.js`] = toJavaScript(source);
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
