import { cp, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const pathOf = (path: string): string => fileURLToPath(new URL(path, root));

/** The folder of Swagger UI's files in the published package. */
const folder = 'dist/http/pages/swagger-ui/';
/** The files that the pages load, and the licences of Swagger UI and its contents. */
const files = ['swagger-ui-bundle.js', 'swagger-ui-bundle.js.LICENSE.txt', 'swagger-ui.css', 'LICENSE', 'NOTICE'];

const banner = `/*! Contains swagger-ui-express, Copyright (c) 2018 Scott IT London, MIT License. */
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const __dirname = import.meta.dirname + '/swagger-ui';
`;

/**
 * Bundles swagger-ui-express into the module that uses it, and copies the files that it serves. As a dependency, it
 * would install a package whose script reports every installation to its vendor.
 */
export async function bundleSwaggerUi(): Promise<void> {
  await build({
    entryPoints: [pathOf('src/http/pages/serve-swagger-ui.ts')],
    outfile: pathOf('dist/http/pages/serve-swagger-ui.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external: ['express'],
    // swagger-ui-express finds its files by the path of this package's module, which the bundle contains.
    banner: { js: banner },
  });
  await mkdir(new URL(folder, root), { recursive: true });
  for (const file of files) await cp(pathOf(`node_modules/swagger-ui-dist/${file}`), pathOf(folder + file));
}
