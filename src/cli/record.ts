import { isLoopback } from '../config/loopback.ts';
import { loadContract } from '../contract/load-contract.ts';
import { createJudge } from '../judge/create-judge.ts';
import { ContractChecks } from '../record/check/contract-checks.ts';
import { createOperationFinder } from '../record/check/find-operation.ts';
import { startProxy } from '../record/proxy/start-proxy.ts';
import { recordLimits } from '../record/record-limits.ts';
import { Redactor } from '../record/redact/redact.ts';
import { Report } from '../record/report.ts';
import { Session } from '../record/watch/session.ts';
import { openRecordingFile } from '../recording/recording-file.ts';
import { type Command, UsageError } from './command.ts';
import { parseWords } from './parse-words.ts';
import { toApiUrl } from './to-api-url.ts';
import { toBinding } from './to-binding.ts';
import { untilStopped } from './until-stopped.ts';

const help = `Usage: talaria record [OPTIONS] URL

Record the traffic between a client and an OpenAI-compatible API, and check both against the contract.
Forwards everything unchanged until Ctrl+C. Prints violations to standard error as they occur.
The client's base URL is the address of this proxy with the path of URL.

Options:
  --port PORT           Port to listen on; 0 for any free port (default: 8643)
  --host HOST           Address to listen on (default: 127.0.0.1)
  --out FILE            Recording to create or append to (default: talaria-recording.jsonl)
  --redact REGEX        Also redact matches; repeatable. Keys, tokens, cookies and passwords are always redacted
  --key KEY             Send this key to URL instead of the client's
  --contract NAME       Contract that binds URL's replies: openai, open-responses or both (default: openai)
  --quiet               Print violations only, not every exchange
  --fail-on-violation   Exit with code 1 if there were violations
  -h, --help            Print this help

Replay a recording with: AGENT_URL=replay:FILE talaria serve
`;

const options = {
  port: { type: 'string', default: '8643' },
  host: { type: 'string', default: '127.0.0.1' },
  out: { type: 'string', default: 'talaria-recording.jsonl' },
  redact: { type: 'string', multiple: true },
  key: { type: 'string' },
  contract: { type: 'string', default: 'openai' },
  quiet: { type: 'boolean', default: false },
  'fail-on-violation': { type: 'boolean', default: false },
} as const;

export const record: Command = {
  async run(args) {
    const words = parseWords({ args, help, options, maxPositionals: 1 });
    if (words === undefined) return 0;
    const { values, positionals } = words;
    const upstream = toUpstream(positionals[0]);
    const { host, out, key } = values;
    const binding = toBinding(values.contract);
    if (key !== undefined && !isLoopback(host)) {
      throw new UsageError(`--host ${host} is not a loopback address: with --key other machines could use the key.`);
    }
    const port = toPort(values.port);
    const redactor = new Redactor((values.redact ?? []).map(toPattern));
    if (key !== undefined) redactor.learn(key);
    const stopped = untilStopped();
    using file = openRecordingFile(out, redactor.path(upstream.href));
    const contract = loadContract();
    const checks = new ContractChecks(contract, createJudge(contract, binding));
    const report = new Report({ quiet: values.quiet, out: process.stderr });
    const findOperation = createOperationFinder(contract, upstream.pathname);
    const maxBytes = recordLimits.bodyBytes;
    const session = new Session({ checks, findOperation, redactor, report, file, maxBytes });
    checks.warmUp();
    {
      await using proxy = await startProxy({ host, port, upstream, key, findOperation, session });
      const base = `${proxy.url}${upstream.pathname.replace(/\/$/, '')}`;
      process.stdout.write(`Talaria records ${base} (to ${redactor.path(upstream.href)}) in ${out}\n`);
      await stopped;
    }
    process.stdout.write(`${report.summary(out)}\n`);
    if (session.hasFailed) return 1;
    return values['fail-on-violation'] && report.violations > 0 ? 1 : 0;
  },
};

function toUpstream(text: string | undefined): URL {
  if (text === undefined) throw new UsageError('Missing URL. Example: talaria record http://127.0.0.1:11434/v1');
  return toApiUrl(text, 'the client sends them');
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new UsageError(`--port ${text} is invalid: expected a port from 0 to 65535.`);
  return port;
}

function toPattern(source: string): RegExp {
  try {
    return new RegExp(source, 'dgu');
  } catch {
    throw new UsageError(`--redact ${source} is not a valid regular expression.`);
  }
}
