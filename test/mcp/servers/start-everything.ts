import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findFreePort } from '../../helpers/find-free-port.ts';
import { everythingOverHttp } from '../mcp-talaria.ts';

/** Starts the everything server over streamable HTTP, as a process of its own. */
export async function startEverythingOverHttp(): Promise<AsyncDisposable & { url: string }> {
  const port = await findFreePort();
  const child = spawn(process.execPath, [everythingOverHttp, 'streamableHttp'], {
    env: { ...process.env, PORT: `${port}` },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  const dispose = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  const listening = (async () => {
    let text = '';
    for await (const chunk of child.stderr) {
      text += chunk;
      if (text.includes(`listening on port ${port}`)) return;
    }
    throw new Error(`The everything server ended: ${text}`);
  })();
  await listening.catch(async (error: unknown) => {
    await dispose();
    throw error;
  });
  child.stderr.resume();
  return { url: `http://127.0.0.1:${port}/mcp`, [Symbol.asyncDispose]: dispose };
}
