import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.ts';
import { writePages } from './docs/write-pages.ts';
import { writeSbom } from './write-sbom.ts';

/**
 * `npm run build`: builds the files that the package adds: `dist/` (the bundled server, declarations, SQL, Swagger UI),
 * the docs, the console and the bill of materials. With `--noCheck`, for tests, the compiler does not check types
 * again.
 */
const root = new URL('../', import.meta.url);
const compiler = fileURLToPath(new URL('node_modules/typescript/bin/tsc', root));

await rm(new URL('dist/', root), { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', ...process.argv.slice(2)], {
  cwd: fileURLToPath(root),
  stdio: 'inherit',
});
await writePages();
await writeSbom();
if (status === 0) await bundle();
else process.exitCode = 1;
