import { spawnSync } from 'node:child_process';
import { chmod, cp, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleSwaggerUi } from './bundle-swagger-ui.ts';
import { writePages } from './docs/write-pages.ts';
import { writeSbom } from './write-sbom.ts';

/**
 * `npm run build`: builds what the package adds: `dist/` (JavaScript, declarations, SQL, Swagger UI), the docs, the
 * console and the bill of materials. With `--noCheck`, for tests, the compiler does not check types again.
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
if (status === 0) {
  await cp(new URL('src/', root), new URL('dist/', root), { recursive: true, filter: isFolderOrSql });
  await bundleSwaggerUi();
  await chmod(new URL('dist/main.js', root), 0o755);
} else process.exitCode = 1;

function isFolderOrSql(path: string): boolean {
  return extname(path) === '' || path.endsWith('.sql');
}
