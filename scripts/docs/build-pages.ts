import { createHash } from 'node:crypto';
import { buildAssets } from './build-assets.ts';
import type { ContractDocument } from './contract/contract-document.ts';
import { renderDocument } from './pages/render-document.ts';
import { renderFrame } from './pages/render-frame.ts';
import { renderHome } from './pages/render-home.ts';
import { renderOperation } from './pages/render-operation.ts';
import { renderSchema, renderSchemas } from './pages/render-schema.ts';
import { renderTryPage } from './pages/render-try-page.ts';
import { readSite } from './read-site.ts';
import { toSearchIndex } from './search/to-search-index.ts';
import type { Page, Site } from './site.ts';

/** Builds the files of the docs from the contract, the documents and the browser code. Keys are paths below /docs/. */
export async function buildPages(document: ContractDocument): Promise<Record<string, string>> {
  const read = await readSite(document);
  const documents = read.documents.map((each) => ({ document: each, ...renderDocument(each, read) }));
  const index = JSON.stringify(toSearchIndex(read, documents));
  const { files, paths } = await buildAssets({ 'search-index.json': index });
  const site: Site = { ...read, assets: paths };
  const schemas = [...site.areas.values()].flat().map((name) => renderSchema(name, site));
  const pages = [
    renderHome(site),
    ...documents.map(({ page }) => page),
    ...site.operations.map((operation) => renderOperation(operation, site)),
    renderSchemas(site),
  ];
  const built = {
    ...files,
    ...Object.fromEntries(pages.map((page) => [toFile(page), renderFrame(page, site)])),
    ...Object.fromEntries(schemas.map((page) => [toFile(page), renderFrame(page, withArea(site, page))])),
    'try.html': renderTryPage(site),
  };
  return { ...built, 'build-id.txt': toBuildId(built) };
}

const toFile = ({ path }: Page): string => `${path === '' ? 'index' : path}.html`;

/** Adds the schemas of the page's area to the sidebar. All schemas would make every page three times as long. */
function withArea(site: Site, { title }: Page): Site {
  const [area = '', names = []] = [...site.areas].find(([, each]) => each.includes(title)) ?? [];
  const links = names.map((name) => ({ path: `schemas/${name}`, title: name }));
  return { ...site, sections: [...site.sections, { title: `Schemas: ${area}`, links }] };
}

/**
 * Identifies the build. Pages have it as their ETag: npm gives every file the same time, and pages may have the same
 * size.
 */
function toBuildId(files: Record<string, string>): string {
  return createHash('sha256').update(JSON.stringify(files)).digest('base64url').slice(0, 16);
}
