import { type ContractDocument, listOperations } from './contract/contract-document.ts';
import { listAreas, listUses } from './contract/list-uses.ts';
import { readSupport } from './contract/read-support.ts';
import { type Document, readDocuments } from './documents.ts';
import { errorCodes } from './fill-error-codes.ts';
import { allSchemas } from './pages/render-schema.ts';
import { readSamples } from './read-samples.ts';
import type { Section, Site } from './site.ts';

/** Reads everything that the pages show. The assets are added when they are built. */
export async function readSite(document: ContractDocument): Promise<Site> {
  const operations = listOperations(document);
  const { schemas } = document.components;
  const { guides, howTos, reference } = await readDocuments();
  const documents = [...guides, ...howTos, ...reference];
  const uses = listUses(document);
  const areas = listAreas(document, uses);
  const toLinks = (list: readonly Document[]) => list.map(({ path, title }) => ({ path, title }));
  const tagged = document.tags.map(({ name }): Section => {
    const own = operations.filter(({ tag }) => tag === name);
    return {
      title: name,
      links: own.map(({ id, summary, method }) => ({ path: `api/${id}`, title: summary, method })),
    };
  });
  const sections: Section[] = [
    { title: 'Guides', links: [{ path: '', title: 'Overview' }, ...toLinks(guides)] },
    { title: 'How do I …', links: toLinks(howTos) },
    ...tagged,
    { title: 'Reference', links: toLinks(reference) },
    { title: 'Schemas', links: [{ path: allSchemas, title: 'All schemas' }] },
  ];
  const pages = operations.map(({ id }) => [id, `api/${id}`] as const);
  const codes = errorCodes.map((code) => [code, `guide/errors#${code}`] as const);
  return {
    title: document.info.title,
    document,
    operations,
    schemas,
    uses,
    areas,
    documents,
    support: await readSupport(),
    samples: await readSamples(operations.map(({ id }) => id)),
    sections: sections.filter(({ links }) => links.length > 0),
    targets: {
      files: new Map([
        ...indexes.map((file) => [file, ''] as const),
        ...documents.map(({ file, path }) => [file, path] as const),
      ]),
      names: new Map([...pages, ...Object.keys(schemas).map((name) => [name, `schemas/${name}`] as const)]),
      codes: new Map([...pages, ...codes]),
    },
    assets: new Map(),
  };
}

/** Documents whose links the sidebar has: they lead to the first page. */
const indexes = ['README.md', 'docs/README.md', 'docs/guide/README.md', 'docs/how-to/README.md'];
