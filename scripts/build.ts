import { spawnSync } from 'node:child_process';
import { chmod, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** `npm run build`: compiles `src/` to `dist/`, JavaScript and declarations, as published. */
const root = new URL('../', import.meta.url);
const compiler = fileURLToPath(new URL('node_modules/typescript/bin/tsc', root));

await rm(new URL('dist/', root), { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
  cwd: fileURLToPath(root),
  stdio: 'inherit',
});
if (status === 0) await chmod(new URL('dist/main.js', root), 0o755);
else process.exitCode = 1;
