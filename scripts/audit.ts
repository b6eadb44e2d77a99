/**
 * `node scripts/audit.ts`: fails on known vulnerabilities of at least moderate severity in the runtime dependencies. If the
 * registry does not support audits, passes with a line that begins with `skipped:`.
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { judgeAudit } from './audit/judge-audit.ts';

/** Time limit of the registry. */
const timeoutMs = 60_000;

const npm = spawn('npm', ['audit', '--omit=dev', '--json'], {
  cwd: fileURLToPath(new URL('../', import.meta.url)),
  stdio: ['ignore', 'pipe', 'ignore'],
  timeout: timeoutMs,
});
const answer = await text(npm.stdout);
const verdict = judgeAudit(answer);
console.log(verdict.message);
if (verdict.kind === 'vulnerable') process.exitCode = 1;
