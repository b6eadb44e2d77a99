import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { buildConsole } from '../console/build-console.ts';
import { buildPages } from './build-pages.ts';

const root = new URL('../../', import.meta.url);

/** Builds the docs page and the console into generated/, from which the server serves them. Takes about two seconds. */
export async function writePages(): Promise<void> {
  const document = JSON.parse(await readFile(new URL('generated/openapi.json', root), 'utf8'));
  const [docs, console] = await Promise.all([buildPages(document), buildConsole()]);
  await replaceFiles(new URL('generated/docs/', root), docs);
  await replaceFiles(new URL('generated/console/', root), console);
}

async function replaceFiles(target: URL, files: Record<string, string>): Promise<void> {
  await rm(target, { recursive: true, force: true });
  for (const [path, content] of Object.entries(files)) {
    const file = new URL(path, target);
    await mkdir(new URL('./', file), { recursive: true });
    await writeFile(file, content);
  }
}
