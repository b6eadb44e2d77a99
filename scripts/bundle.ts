import { globSync } from 'node:fs';
import { chmod, cp, readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { bundleSwaggerUi } from './bundle-swagger-ui.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const sources = `${root}src/`;

/**
 * Bundles the server into `dist/`: few files instead of a thousand modules, which halves the time to start. Dynamic
 * imports stay separate files, loaded at their first use. Packages stay dependencies. Old files remain, since a running
 * server may still load them.
 */
export async function bundle(): Promise<void> {
  // Before `main.js`, whose time shows that the bundle is whole.
  for (const file of globSync('**/*.sql', { cwd: sources })) await cp(`${sources}${file}`, `${root}dist/${file}`);
  await bundleSwaggerUi();
  await build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts', 'src/index.ts', 'src/testing/index.ts', 'src/schemas/schema-worker.ts'],
    outbase: 'src',
    outdir: 'dist',
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'warning',
    plugins: [separateSwaggerUi, keepAddresses],
  });
  await chmod(`${root}dist/main.js`, 0o755);
}

/** Omits the module that `bundleSwaggerUi` writes. */
const separateSwaggerUi: Plugin = {
  name: 'separate-swagger-ui',
  setup({ onResolve }) {
    onResolve({ filter: /\/serve-swagger-ui\.ts$/ }, () => ({
      path: './http/pages/serve-swagger-ui.js',
      external: true,
    }));
  },
};

/** Keeps the address of each module, relative to which it reads files. All code is in the root of `dist/`. */
const keepAddresses: Plugin = {
  name: 'keep-addresses',
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/.+\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!text.includes('import.meta.url')) return undefined;
      const address = `new URL('${relative(sources, path).replaceAll('\\', '/')}', import.meta.url).href`;
      return { contents: text.replaceAll('import.meta.url', address), loader: 'ts' };
    });
  },
};
