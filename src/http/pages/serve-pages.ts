import { existsSync, globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler, type Response } from 'express';

/** Pages built by `npm run docs`. An installation that couldn't build them has none. */
const folder = fileURLToPath(new URL('../../../generated/docs/', import.meta.url));

/** How long a browser shows a page again without asking: short, so that readers see an upgrade. */
const pageSeconds = 60;

/** Serves the built pages and their scripts and styles. */
export function servePages(): RequestHandler {
  const file = `${folder}build-id.txt`;
  const etag = existsSync(file) ? `W/"${readFileSync(file, 'utf8')}"` : undefined;
  // npm gives every file of a package the same time, so a time or a size can't distinguish two versions.
  const options = { extensions: ['html'], redirect: false, etag: false, lastModified: false };
  return express.static(folder, { ...options, setHeaders: (response, path) => setCaching(response, path, etag) });
}

/** Browsers may keep what has a hash in its name. */
function setCaching(response: Response, path: string, etag: string | undefined): void {
  if (path.startsWith(`${folder}assets${sep}`)) {
    response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    return;
  }
  response.setHeader('cache-control', `public, max-age=${pageSeconds}`);
  if (etag !== undefined) response.setHeader('etag', etag);
}

/**
 * Maps paths with a missing or an extra slash to the page's own path, which its relative links need, and addresses of
 * earlier versions to today's. The static file handler would redirect to every folder, and most folders have no page.
 */
const redirects = new Map([
  ['/docs', '/docs/'],
  ['/docs/schemas', '/docs/schemas/all'],
  ['/docs/schemas/', '/docs/schemas/all'],
  ['/docs/guide', '/docs/guide/getting-started'],
  ['/docs/guide/', '/docs/guide/getting-started'],
  ...['configuration', 'monitoring', 'offline-agent'].map((name) => [`/docs/guide/${name}`, `/docs/${name}`] as const),
  ...globSync('**/*.html', { cwd: folder }).map((file) => {
    const address = `/docs/${file.replaceAll('\\', '/').replace(/\.html$/, '')}`;
    return [`${address}/`, address] as const;
  }),
]);

/** Redirects from other addresses of a page to its own. */
export const redirectToPage: RequestHandler = ({ path }, response, next) => {
  const address = redirects.get(path);
  if (address === undefined) next();
  else response.redirect(address);
};
