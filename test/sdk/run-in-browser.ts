import { once } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';
import type { Browser } from 'playwright-core';

/** Maps the program's imports to files, as a bundler would. */
const importMap = {
  imports: {
    'talaria-client': '/node_modules/talaria-client/dist/index.js',
    'openapi-fetch': '/node_modules/openapi-fetch/dist/index.mjs',
    'eventsource-parser': '/node_modules/eventsource-parser/dist/index.js',
  },
};

const timeout = 60_000;

/** Runs a program as a module script on a page of another origin than Talaria's. Returns its console output. */
export async function runInBrowser(browser: Browser, project: string, program: string): Promise<string> {
  const app = express();
  app.use('/node_modules', express.static(`${project}/node_modules`));
  app.get('/', (_request, response) => {
    const script = `<script type="importmap">${JSON.stringify(importMap)}</script><script type="module">${program}</script>`;
    response.type('html').send(`<!DOCTYPE html><link rel="icon" href="data:,">${script}`);
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const page = await browser.newPage();
  try {
    // The browser itself logs every refused request.
    const logged = page.waitForEvent('console', { predicate: (message) => message.type() === 'log', timeout });
    const broken = page.waitForEvent('pageerror', { timeout }).then((error) => Promise.reject(error));
    const url = `http://127.0.0.1:${typeof address === 'object' && address?.port}/`;
    const [message] = await Promise.all([Promise.race([logged, broken]), page.goto(url)]);
    return message.text();
  } finally {
    await page.close();
    server.closeAllConnections();
    server.close();
  }
}
