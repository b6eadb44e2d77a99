import { open, writeFile } from 'node:fs/promises';
import { loadContract } from '../contract/load-contract.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import type { Binding } from '../judge/bind-document.ts';
import type { Audit } from '../verify/audit.ts';
import { areas, selectAudits } from '../verify/catalogue.ts';
import type { VerifySettings } from '../verify/find-target.ts';
import { levelFor } from '../verify/level-for.ts';
import { UnreachableError } from '../verify/probe.ts';
import { createReplyCheck } from '../verify/reply-check.ts';
import type { Report } from '../verify/report/report.ts';
import { toJunit } from '../verify/report/to-junit.ts';
import { toText } from '../verify/report/to-text.ts';
import { verify as runVerify } from '../verify/verify.ts';
import { verifyLimits } from '../verify/verify-limits.ts';
import { type Command, UsageError } from './command.ts';
import { parseWords } from './parse-words.ts';
import { toApiUrl } from './to-api-url.ts';
import { toBinding } from './to-binding.ts';

const help = `Usage: talaria verify [OPTIONS] URL

Check an OpenAI-compatible server against the contract, and print a report.
URL is the server's address, with or without /v1.

Options:
  --key KEY           API key of the server
  --other-key KEY     Key of another tenant, to check that tenants are isolated
  --header HEADER     Header of every request, as 'NAME: VALUE'; repeatable
  --model MODEL       Model to use (default: the first that the server lists)
  --only ID,...       Run only these audits, by id or area: --only 'chat*,stream.sequence'
  --json FILE         Write a JSON report; - prints it instead of the table
  --junit FILE        Write a JUnit report; - prints it instead of the table
  --contract NAME     Contract whose requirements are MUSTs: openai, open-responses or both (default: openai)
  --rate N            Start at most N requests per second (default: no limit)
  --parallel N        Run N audits at a time, 1 to ${verifyLimits.maxAudits} (default: ${verifyLimits.audits})
  --timeout SECONDS   Time limit of one answer (default: ${verifyLimits.timeoutMs / 1000})
  --list              List the audits without running them
  -h, --help          Print this help

The audits create responses, chat completions and conversations, and delete them. With a real model they cost tokens:
about 200 short answers and a dozen long ones, most of them cancelled early.

Exit codes:
  0     No MUST failed
  1     A MUST failed
  2     Usage error
  3     Nothing to check: no server, no API, or the key or model was refused
  130   Interrupted by Ctrl+C, after deleting created objects and reporting
`;

const options = {
  key: { type: 'string' },
  'other-key': { type: 'string' },
  header: { type: 'string', multiple: true },
  model: { type: 'string' },
  only: { type: 'string', default: '' },
  json: { type: 'string' },
  junit: { type: 'string' },
  contract: { type: 'string', default: 'openai' },
  rate: { type: 'string' },
  parallel: { type: 'string', default: `${verifyLimits.audits}` },
  timeout: { type: 'string', default: `${verifyLimits.timeoutMs / 1000}` },
  list: { type: 'boolean', default: false },
} as const;

/** The exit code after SIGINT: 128 plus its number. */
const interrupted = 130;

export const verify: Command = {
  async run(args) {
    const words = parseWords({ args, help, options, maxPositionals: 1 });
    if (words === undefined) return 0;
    const { values, positionals } = words;
    const audits = toAudits(values.only);
    const binding = toBinding(values.contract);
    if (values.list) {
      process.stdout.write(toList(audits, binding));
      return 0;
    }
    const settings: VerifySettings = {
      url: toUrl(positionals[0]),
      timeoutMs: toMilliseconds(values.timeout),
      headers: toHeaders(values.header ?? []),
      ...omitUndefined({ key: values.key, otherKey: values['other-key'], model: values.model }),
    };
    const pace = { parallel: toParallel(values.parallel), ...omitUndefined({ rate: toRate(values.rate) }) };
    const { json, junit } = values;
    if (json === '-' && junit === '-') throw new UsageError('--json and --junit cannot both be -.');
    await assertWritable({ json, junit });
    try {
      return await verifyAndReport(settings, { audits, json, junit, binding, pace });
    } catch (reason) {
      if (!(reason instanceof UnreachableError)) throw reason;
      // The message may contain text from the server; print it as one line.
      process.stderr.write(`${reason.message.replaceAll(/\p{Cc}+/gu, ' ')}\n`);
      return 3;
    }
  },
};

interface Run {
  audits: readonly Audit[];
  json: string | undefined;
  junit: string | undefined;
  binding: Binding;
  pace: { parallel: number; rate?: number };
}

async function verifyAndReport(settings: VerifySettings, run: Run): Promise<number> {
  const { json, junit } = run;
  const stop = new AbortController();
  // Active audits finish and created objects are deleted. A second Ctrl+C ends the process at once.
  process.once('SIGINT', () => stop.abort());
  const report = await runWithProgress(settings, run, stop.signal);
  const files = [
    { file: json, text: `${JSON.stringify(report, null, 2)}\n` },
    { file: junit, text: toJunit(report) },
  ];
  for (const { file, text } of files) if (file !== undefined && file !== '-') await writeFile(file, text);
  const printed = files.find(({ file }) => file === '-');
  const color = process.stdout.isTTY && process.stdout.hasColors();
  process.stdout.write(printed?.text ?? toText(report, { areas, color }));
  if (stop.signal.aborted) return interrupted;
  return report.totals.fail > 0 ? 1 : 0;
}

/** Runs the audits. On a terminal, shows a progress line and removes it at the end. */
async function runWithProgress(
  settings: VerifySettings,
  { audits, binding, pace }: Run,
  signal: AbortSignal,
): Promise<Report> {
  const { isTTY, columns } = process.stderr;
  // A wrapped line could not be erased.
  const write = (text: string) => isTTY && process.stderr.write(`\r\u001b[K${text.slice(0, (columns || 80) - 1)}`);
  write(`connecting to ${settings.url.origin}…`);
  try {
    return await runVerify(settings, {
      audits,
      check: createReplyCheck(loadContract(), binding),
      ...pace,
      onResult: ({ id }, done) => write(`${done} of ${audits.length}: ${id}`),
      signal,
    });
  } finally {
    write('');
  }
}

/** Throws a UsageError for a report file that cannot be written, before the audits run. */
async function assertWritable(files: { json: string | undefined; junit: string | undefined }): Promise<void> {
  for (const [name, file] of Object.entries(files)) {
    if (file === undefined || file === '-') continue;
    try {
      await using _ = await open(file, 'a');
    } catch (reason) {
      throw new UsageError(`--${name}: cannot write the file: ${reason instanceof Error ? reason.message : reason}.`);
    }
  }
}

function toAudits(only: string): readonly Audit[] {
  try {
    return selectAudits(only.split(',').flatMap((word) => word.trim() || []));
  } catch (reason) {
    throw new UsageError(reason instanceof Error ? `${reason.message} See --list.` : `${reason}`);
  }
}

function toUrl(word: string | undefined): URL {
  if (word === undefined) throw new UsageError('Missing URL. Example: talaria verify http://127.0.0.1:8642');
  return toApiUrl(word, 'pass the key with --key');
}

function toMilliseconds(word: string): number {
  const seconds = Number(word);
  if (!(seconds > 0 && seconds <= 3600))
    throw new UsageError(`--timeout "${word}" is invalid: expected seconds, above 0 and up to 3600.`);
  return seconds * 1000;
}

function toHeaders(words: readonly string[]): Record<string, string> {
  const pairs = words.map((word): [string, string] => {
    const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e]*)$/.exec(word) ?? [];
    // The value may be a secret, so the message does not repeat it.
    if (name === undefined || value === undefined)
      throw new UsageError(`--header is invalid: expected 'NAME: VALUE' in ASCII, as in 'api-key: abc'.`);
    return [name.toLowerCase(), value.trimEnd()];
  });
  return Object.fromEntries(pairs);
}

function toRate(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  const rate = Number(word);
  if (!(rate > 0 && rate <= 1000))
    throw new UsageError(`--rate "${word}" is invalid: expected requests per second, above 0 and up to 1000.`);
  return rate;
}

function toParallel(word: string): number {
  const count = Number(word);
  const { maxAudits } = verifyLimits;
  if (!Number.isInteger(count) || count < 1 || count > maxAudits)
    throw new UsageError(`--parallel "${word}" is invalid: expected a whole number from 1 to ${maxAudits}.`);
  return count;
}

function toList(audits: readonly Audit[], binding: Binding): string {
  const width = Math.max(...audits.map(({ id }) => id.length));
  return audits
    .map((audit) => `${audit.id.padEnd(width)}  ${levelFor(audit, binding).padEnd(6)}  ${audit.title}\n`)
    .join('');
}
