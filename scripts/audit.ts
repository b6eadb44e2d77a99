/**
 * `node scripts/audit.ts`: fails on known vulnerabilities, of moderate severity or worse, in what is installed with the package.
 * Where the registry does not answer audit requests it passes, and says so in a line that begins with `skipped:`.
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { judgeAudit } from './audit/judge-audit.ts';

/** A registry that has not answered by then does not answer. */
const patienceMs = 60_000;

const npm = spawn('npm', ['audit', '--omit=dev', '--json'], {
  cwd: fileURLToPath(new URL('../', import.meta.url)),
  stdio: ['ignore', 'pipe', 'ignore'],
  timeout: patienceMs,
});
const answer = await text(npm.stdout);
const verdict = judgeAudit(answer);
console.log(verdict.message);
if (verdict.kind === 'vulnerable') process.exitCode = 1;
