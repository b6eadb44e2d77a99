/**
 * `npm run docs`: builds the docs page that the server serves under /docs. `npm ci` runs it too, so that a fresh clone
 * has the page. An installation without development dependencies can't build it, and serves the API without it.
 */
try {
  const { writePages } = await import('./docs/write-pages.ts');
  await writePages();
} catch (error) {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
  console.warn(`The docs page was not built: ${error.message}`);
}
