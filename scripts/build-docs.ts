/**
 * `npm run docs`: builds the pages that the server serves under /docs and /console. `npm ci` runs it too, so that a fresh
 * clone has them. An installation without development dependencies can't build them, and serves the API without them.
 */
try {
  const { writePages } = await import('./docs/write-pages.ts');
  await writePages();
} catch (error) {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
  console.warn(`The docs page and the console were not built: ${error.message}`);
}
