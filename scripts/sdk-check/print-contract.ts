import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Form } from './generator.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Returns the contract as JSON, as `talaria openapi` prints it in that form. */
export async function printContract(form: Form): Promise<string> {
  const words = ['src/main.ts', 'openapi', '--json', ...(form === 'plain' ? [] : ['--for', form])];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}
