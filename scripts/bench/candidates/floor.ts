import { join } from 'node:path';
import { startProcess } from '../start-process.ts';
import type { Candidate } from './candidate.ts';

/** Returns a server in bare `node:http` that does the same work, from a script of the bench. */
export const createFloor = (script: string): Candidate => ({
  name: 'floor',
  async start({ upstream, folder }) {
    const storeFile = join(folder, 'floor.db');
    const environment = { AGENT_URL: `${upstream}/v1`, STORE_FILE: storeFile };
    return Object.assign(await startProcess(script, { environment }), { storeFile });
  },
});
