import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { buildPages } from './build-pages.ts';

const root = new URL('../../', import.meta.url);
const target = new URL('generated/docs/', root);

/** Builds the docs page into generated/docs, from which the server serves it. Takes about two seconds. */
export async function writePages(): Promise<void> {
  const document = JSON.parse(await readFile(new URL('generated/openapi.json', root), 'utf8'));
  const pages = await buildPages(document);
  await rm(target, { recursive: true, force: true });
  for (const [path, content] of Object.entries(pages)) {
    const file = new URL(path, target);
    await mkdir(new URL('./', file), { recursive: true });
    await writeFile(file, content);
  }
}
