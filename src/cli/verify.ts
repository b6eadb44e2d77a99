import { open, writeFile } from 'node:fs/promises';
import { loadContract } from '../contract/load-contract.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import type { Audit } from '../verify/audit.ts';
import { areas, selectAudits } from '../verify/catalogue.ts';
import type { VerifySettings } from '../verify/find-target.ts';
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

const help = `talaria verify: checks any server that claims to be OpenAI-compatible

  talaria verify URL             runs every audit and prints what it found

  --key KEY                      the server's API key
  --other-key KEY                a key of another tenant: shows whether tenants see each other
  --model MODEL                  the model to ask; by default the first that the server lists
  --only ID,…                    these audits alone, by id or area: --only 'chat*,stream.sequence'
  --json FILE                    the report for a program; - prints it in place of the table
  --junit FILE                   the report for a CI system; - likewise
  --timeout SECONDS              for one answer (${verifyLimits.timeoutMs / 1000})
  --list                         prints the audits, and asks nothing

  URL is the server's address, with or without /v1. The audits make responses, chat completions and conversations,
  and delete them again. Against a real model they cost tokens: some 160 short answers, and a dozen long ones, most of
  which are left or cancelled early.

  Exit codes: 0 no MUST failed, 1 one did, 2 wrong words, 3 there is nothing to check: no server,
  no API, or one that takes neither the key nor the model. Ctrl+C deletes what was made, reports, and ends with 130.
`;

const options = {
  key: { type: 'string' },
  'other-key': { type: 'string' },
  model: { type: 'string' },
  only: { type: 'string', default: '' },
  json: { type: 'string' },
  junit: { type: 'string' },
  timeout: { type: 'string', default: `${verifyLimits.timeoutMs / 1000}` },
  list: { type: 'boolean', default: false },
} as const;

/** The exit code of what SIGINT has ended: 128 and its number. */
const interrupted = 130;

export const verify: Command = {
  async run(args) {
    const words = parseWords({ args, help, options, maxPositionals: 1 });
    if (words === undefined) return 0;
    const { values, positionals } = words;
    const audits = toAudits(values.only);
    if (values.list) {
      process.stdout.write(toList(audits));
      return 0;
    }
    const settings: VerifySettings = {
      url: toUrl(positionals[0]),
      timeoutMs: toMilliseconds(values.timeout),
      ...omitUndefined({ key: values.key, otherKey: values['other-key'], model: values.model }),
    };
    const { json, junit } = values;
    if (json === '-' && junit === '-') throw new UsageError('--json and --junit can not both be printed.');
    await assertWritable({ json, junit });
    try {
      return await verifyAndReport(settings, { audits, json, junit });
    } catch (reason) {
      if (!(reason instanceof UnreachableError)) throw reason;
      // One line, whatever the server has put into it.
      process.stderr.write(`${reason.message.replaceAll(/\p{Cc}+/gu, ' ')}\n`);
      return 3;
    }
  },
};

interface Run {
  audits: readonly Audit[];
  json: string | undefined;
  junit: string | undefined;
}

async function verifyAndReport(settings: VerifySettings, { audits, json, junit }: Run): Promise<number> {
  const stop = new AbortController();
  // The audits that run may end, and what was made is deleted; a second Ctrl+C ends it at once.
  process.once('SIGINT', () => stop.abort());
  const report = await runWithProgress(settings, audits, stop.signal);
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

/** A line on a terminal that says how far it is, and goes when it is done. */
async function runWithProgress(
  settings: VerifySettings,
  audits: readonly Audit[],
  signal: AbortSignal,
): Promise<Report> {
  const { isTTY, columns } = process.stderr;
  // A line that breaks could not be taken back.
  const write = (text: string) => isTTY && process.stderr.write(`\r\u001b[K${text.slice(0, (columns || 80) - 1)}`);
  write(`asking ${settings.url.origin}…`);
  try {
    return await runVerify(settings, {
      audits,
      check: createReplyCheck(loadContract()),
      onResult: ({ id }, done) => write(`${done} of ${audits.length}: ${id}`),
      signal,
    });
  } finally {
    write('');
  }
}

/** Learnt before anything is asked, not after it. */
async function assertWritable(files: { json: string | undefined; junit: string | undefined }): Promise<void> {
  for (const [name, file] of Object.entries(files)) {
    if (file === undefined || file === '-') continue;
    try {
      await using _ = await open(file, 'a');
    } catch (reason) {
      throw new UsageError(`--${name} can't be written: ${reason instanceof Error ? reason.message : reason}.`);
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
  if (word === undefined) throw new UsageError('Which server? Give its URL: talaria verify http://127.0.0.1:8642');
  return toApiUrl(word, 'a key goes with --key');
}

function toMilliseconds(word: string): number {
  const seconds = Number(word);
  if (!(seconds > 0 && seconds <= 3600)) throw new UsageError(`--timeout takes seconds, up to 3600, not "${word}".`);
  return seconds * 1000;
}

function toList(audits: readonly Audit[]): string {
  const width = Math.max(...audits.map(({ id }) => id.length));
  return audits.map(({ id, level, title }) => `${id.padEnd(width)}  ${level.padEnd(6)}  ${title}\n`).join('');
}
