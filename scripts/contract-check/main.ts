import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Outcome } from './finding.ts';
import { judgeFindings } from './judge-findings.ts';
import { knownFindings } from './known-findings.ts';
import { installPrism } from './prism.ts';
import { prismMock } from './prism-mock.ts';
import { prismProxy } from './prism-proxy.ts';
import { installSchemathesis, schemathesis } from './schemathesis.ts';

/**
 * `npm run contract:check [-- --only schemathesis,prism-mock,prism-proxy]`: lets independent tools judge the
 * contract and this server. They are installed in dist-contract-check/. See docs/contract-check.md.
 */
const checks = {
  schemathesis: { install: installSchemathesis, run: schemathesis },
  'prism-mock': { install: installPrism, run: prismMock },
  'prism-proxy': { install: installPrism, run: prismProxy },
};
const names = Object.keys(checks);
const { values: options } = parseArgs({ options: { only: { type: 'string', default: names.join() } } });
const chosen = options.only.split(',');
const unknownNames = chosen.filter((name) => !names.includes(name));
if (unknownNames.length > 0) {
  console.error(`Unknown check ${unknownNames.join(', ')}. Expected one of: ${names.join(', ')}.`);
  process.exit(1);
}

const folder = fileURLToPath(new URL('../../dist-contract-check/', import.meta.url));
const outcomes: Outcome[] = [];
for (const [name, { install, run }] of Object.entries(checks)) {
  if (!chosen.includes(name)) continue;
  const place = `${folder}${name.split('-')[0]}`;
  const missing = await install(place).then(
    () => undefined,
    (error: unknown) => String(error).trim().split('\n').at(-1),
  );
  if (missing !== undefined) {
    console.log(`${name} was skipped, since it can't be installed: ${missing}`);
    continue;
  }
  const started = performance.now();
  const outcome = await run(place);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${outcome.tool} ${outcome.summary}, ${outcome.findings.length} findings, ${seconds} s`);
  outcomes.push(outcome);
}

const { unknown, gone, explained } = judgeFindings(outcomes, knownFindings);
for (const [{ tool, text, reason }, count] of explained) console.log(`known: ${count} × ${tool} ${text}: ${reason}`);
for (const { tool, text } of gone)
  console.log(`gone: ${tool} ${text} was not found. Remove it from the known findings.`);
for (const { tool, operation, text } of unknown) console.log(`UNKNOWN: ${tool}, ${operation}: ${text}`);
if (unknown.length > 0) process.exitCode = 1;
