import { ConfigError } from '../config/config-error.ts';
import { checkNode } from './check-node.ts';
import { type Command, UsageError } from './command.ts';
import { describeStartError } from './describe-start-error.ts';

interface Entry {
  name: string;
  /** Shown by `talaria --help`. */
  summary: string;
  /** Imports the command on demand, so that each loads only its own dependencies. */
  load(): Promise<Command>;
}

const commands: readonly Entry[] = [
  {
    name: 'serve',
    summary: 'Start the server (default)',
    load: async () => (await import('./serve.ts')).serve,
  },
  {
    name: 'doctor',
    summary: 'Check the configured agents, and what to set for them',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'verify',
    summary: 'Check an OpenAI-compatible server against the contract',
    load: async () => (await import('./verify.ts')).verify,
  },
  {
    name: 'keys',
    summary: 'Create, list and revoke API keys',
    load: async () => (await import('./keys.ts')).keys,
  },
  {
    name: 'backup',
    summary: 'Copy the SQLite store while the server runs',
    load: async () => (await import('./backup.ts')).backup,
  },
  {
    name: 'record',
    summary: 'Record and check the traffic between a client and an API',
    load: async () => (await import('./record.ts')).record,
  },
  { name: 'openapi', summary: 'Print the contract', load: async () => (await import('./openapi.ts')).openapi },
];

/** Runs a command line (without the program's name) and returns the exit code: 0 success, 1 failure, 2 usage error. */
export async function runCommand(args: readonly string[]): Promise<number> {
  const [first, second] = args;
  if (first === 'help' && second !== undefined) return runCommand([second, '--help']);
  if (first === '--help' || first === '-h' || first === 'help') {
    process.stdout.write(toHelp());
    return 0;
  }
  if (first === '--version' || first === '-v') {
    const { loadContract } = await import('../contract/load-contract.ts');
    process.stdout.write(`${loadContract().version}\n`);
    return 0;
  }
  // Options without a command are those of `serve`.
  const [name = 'serve', ...rest] = first?.startsWith('-') ? ['serve', ...args] : args;
  try {
    const entry = commands.find((candidate) => candidate.name === name);
    if (!entry) throw new UsageError(`Unknown command "${name}". See talaria --help.`);
    // Before the first import with syntax that an older Node does not support.
    checkNode();
    return await (await entry.load()).run(rest);
  } catch (reason) {
    process.stderr.write(`${describe(reason, name)}\n`);
    return reason instanceof UsageError ? 2 : 1;
  }
}

function describe(reason: unknown, name: string): string {
  if (reason instanceof ConfigError || reason instanceof UsageError) return reason.message;
  if (name === 'serve') return describeStartError(reason);
  return `talaria ${name}: ${reason instanceof Error ? reason.message : reason}`;
}

function toHelp(): string {
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(9)} ${summary}`);
  return `Usage: talaria [COMMAND] [OPTIONS]

An OpenAI-compatible API in front of any agent or model.

Commands:
${lines.join('\n')}

Options:
  -h, --help      Print this help
  -v, --version   Print the version

Run 'talaria COMMAND --help' for the options of a command.
`;
}
