import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkLanguage, type Outcome } from './check-language.ts';
import { languages } from './languages.ts';
import { toTable } from './to-table.ts';

/**
 * `npm run sdk:check [-- --only python,go]`: generates clients in other languages from the contract, compiles them, and
 * runs them against this server. They remain in dist-sdk/. The generators come from their registries.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
const names = languages.map(({ name }) => name);
const { values: options } = parseArgs({ options: { only: { type: 'string', default: names.join() } } });
const chosen = options.only.split(',');
const unknown = chosen.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown language ${unknown.join(', ')}. Expected one of: ${names.join(', ')}.`);
  process.exit(1);
}

const env = { ...process.env, API_SERVER_PORT: '0', STORE_URL: 'memory:', LOG_LEVEL: 'error' };
const server = spawn(process.execPath, ['src/main.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
const outcomes: Outcome[] = [];
try {
  const [line] = await Promise.race([once(createInterface(server.stdout), 'line'), once(server, 'exit')]);
  const url = /http:\/\/[\d.:]+/.exec(String(line))?.[0];
  if (!url) throw new Error(`The server exited before it listened: ${line}`);
  for (const language of languages) {
    if (!chosen.includes(language.name)) continue;
    console.log(`▶ ${language.name} (${language.generator})`);
    outcomes.push(await checkLanguage(language, `${root}dist-sdk/${language.name}`, url));
  }
} finally {
  server.kill();
}
console.log(`\n${toTable(outcomes)}`);
if (outcomes.some(({ failed }) => failed !== undefined)) process.exitCode = 1;
