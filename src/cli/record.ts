import { isLoopback } from '../config/loopback.ts';
import { loadContract } from '../contract/load-contract.ts';
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
import { untilStopped } from './until-stopped.ts';

const help = `talaria record: stands between a client and an OpenAI-compatible API, checks both, and keeps what was said

  talaria record URL   passes everything on to URL untouched, until Ctrl+C; what breaks the contract is
                       told on standard error as it happens; the client's base URL is this proxy's
                       address with the path of URL

  --port P             where it listens; 8643 when left out, 0 for any that is free
  --host H             127.0.0.1 when left out
  --out FILE           the recording: talaria-recording.jsonl when left out; one that exists is continued
  --redact REGEX       takes out what matches, too; may be given several times. Keys, tokens, cookies and
                       passwords are taken out of the recording in any case
  --key K              sent to URL in place of the client's key
  --quiet              tells violations alone, not every exchange
  --fail-on-violation  ends with code 1 when there were any

  AGENT_URL=replay:FILE talaria serve   answers from the recording
`;

const options = {
  port: { type: 'string', default: '8643' },
  host: { type: 'string', default: '127.0.0.1' },
  out: { type: 'string', default: 'talaria-recording.jsonl' },
  redact: { type: 'string', multiple: true },
  key: { type: 'string' },
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
    if (key !== undefined && !isLoopback(host)) {
      throw new UsageError(`--host ${host} is not a loopback address: with --key anybody there could use the key.`);
    }
    const port = toPort(values.port);
    const redactor = new Redactor((values.redact ?? []).map(toPattern));
    if (key !== undefined) redactor.learn(key);
    const stopped = untilStopped();
    using file = openRecordingFile(out, redactor.path(upstream.href));
    const contract = loadContract();
    const checks = new ContractChecks(contract);
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
  if (text === undefined) throw new UsageError('Say which API to record: talaria record http://127.0.0.1:11434/v1');
  return toApiUrl(text, 'the client sends those');
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`--port ${text} is not a port.`);
  return port;
}

function toPattern(source: string): RegExp {
  try {
    return new RegExp(source, 'dgu');
  } catch {
    throw new UsageError(`--redact ${source} is not a regular expression.`);
  }
}
