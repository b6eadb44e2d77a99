import { fileURLToPath } from 'node:url';
import { isBundleStale } from './is-bundle-stale.ts';

/** `npm start` runs this first: bundles the server into `dist/` if a source has changed. */
if (isBundleStale(fileURLToPath(new URL('../', import.meta.url)))) {
  const { bundle } = await import('./bundle.ts');
  await bundle();
}
