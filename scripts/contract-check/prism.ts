import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort } from '../../test/helpers/find-free-port.ts';
import { execute } from '../sdk-check/execute.ts';
import { command } from '../sdk-check/generator.ts';
import { printContract } from '../sdk-check/print-contract.ts';

export const prismVersion = '5.16.0';

export async function installPrism(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  const install = `npm install --no-audit --no-fund --ignore-scripts @stoplight/prism-cli@${prismVersion}`;
  await execute(command(install), folder);
}

/** Starts Prism with the published contract: as a proxy of the upstream, or as a mock. Dispose of it to stop it. */
export async function startPrism(folder: string, upstream?: string): Promise<Disposable & { url: string }> {
  await writeFile(join(folder, 'contract.json'), await printContract('plain'));
  const port = await findFreePort();
  const role = upstream === undefined ? ['mock', 'contract.json'] : ['proxy', 'contract.json', upstream];
  const words = ['node_modules/@stoplight/prism-cli/dist/index.js', ...role, '--port', String(port)];
  const child = spawn(process.execPath, words, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  for await (const line of createInterface(child.stdout)) {
    output += `${line}\n`;
    if (!line.includes('listening')) continue;
    // It logs every request: keep the pipe empty.
    child.stdout.resume();
    return { url: `http://127.0.0.1:${port}`, [Symbol.dispose]: () => void child.kill() };
  }
  throw new Error(`Prism ended before it listened:\n${output}`);
}
