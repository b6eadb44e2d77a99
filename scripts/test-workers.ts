/**
 * `npm run test:workers [-- FILE…]`: runs the tests of the clients (`test/clients`, or the named files) against servers
 * with two workers on SQLite, in processes of their own. Set `TALARIA_TEST_WORKERS` for another number.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const defaultWorkers = '2';
const clients = 'test/clients/*.test.ts';
const files = process.argv.slice(2);
const child = spawn(
  process.execPath,
  [fileURLToPath(new URL('test.ts', import.meta.url)), ...(files.length === 0 ? [clients] : files)],
  { env: { TALARIA_TEST_WORKERS: defaultWorkers, ...process.env }, stdio: 'inherit' },
);
const [code] = await once(child, 'exit');
process.exitCode = code ?? 1;
