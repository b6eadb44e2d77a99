import { globSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import { compressPages } from './compress-pages.ts';
import { protectPages } from './protect-pages.ts';
import { serveText } from './serve-text.ts';

/** Files built by `npm run docs`. An installation that couldn't build them has no console. */
const files = fileURLToPath(new URL('../../../generated/console/', import.meta.url));

const types: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };

/** Serves the console of operators: one page at `/console`, with its script and style below. */
export function serveConsole(): Router {
  const router = Router({ strict: true, caseSensitive: true });
  for (const file of globSync('*', { cwd: files })) {
    const type = types[extname(file)] ?? 'application/octet-stream';
    const path = file === 'index.html' ? '/console' : `/console/${file}`;
    router.get(path, protectPages, compressPages, serveText(readFileSync(`${files}${file}`, 'utf8'), type));
  }
  // The page's relative links need a path without the slash.
  router.get('/console/', (_request, response) => response.redirect('/console'));
  return router;
}
