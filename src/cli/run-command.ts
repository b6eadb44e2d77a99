import { ConfigError } from '../config/config-error.ts';
import { checkNode } from './check-node.ts';
import { type Command, UsageError } from './command.ts';
import { describeStartError } from './describe-start-error.ts';

interface Entry {
  name: string;
  /** One line of `talaria --help`. */
  summary: string;
  /** On demand: what one command needs, the others don't load. */
  load(): Promise<Command>;
}

const commands: readonly Entry[] = [
  {
    name: 'serve',
    summary: "answer OpenAI's APIs (what happens without a command, too)",
    load: async () => (await import('./serve.ts')).serve,
  },
  {
    name: 'verify',
    summary: 'check any server that claims to be OpenAI-compatible',
    load: async () => (await import('./verify.ts')).verify,
  },
  {
    name: 'keys',
    summary: 'make, list and revoke the keys that clients send',
    load: async () => (await import('./keys.ts')).keys,
  },
  {
    name: 'record',
    summary: 'stand between a client and any such API: check both, keep what was said',
    load: async () => (await import('./record.ts')).record,
  },
  { name: 'openapi', summary: 'print the contract', load: async () => (await import('./openapi.ts')).openapi },
];

/** Runs a command line, without the program's own name. Gives the exit code: 0 done, 1 failed, 2 wrongly asked. */
export async function runCommand(args: readonly string[]): Promise<number> {
  const [first, second] = args;
  if (first === 'help' && second !== undefined) return runCommand([second, '--help']);
  if (first === '--help' || first === '-h' || first === 'help') {
    process.stdout.write(toHelp());
    return 0;
  }
  if (first === '--version' || first === '-v') {
    const { loadContract } = await import('../contract/load-contract.ts');
    process.stdout.write(`${loadContract().document.info.version}\n`);
    return 0;
  }
  // Without a command it serves, with the options of that.
  const [name = 'serve', ...rest] = first?.startsWith('-') ? ['serve', ...args] : args;
  try {
    const entry = commands.find((candidate) => candidate.name === name);
    if (!entry) throw new UsageError(`There is no command "${name}": see talaria --help.`);
    // Before what an older Node can't even read: all that is imported above, it can.
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
  const lines = commands.map(({ name, summary }) => `  talaria ${name.padEnd(10)} ${summary}`);
  return `Talaria: an OpenAI-compatible API in front of any agent or model\n\n${lines.join('\n')}\n\n  talaria COMMAND --help tells more of each, talaria --version its version.\n`;
}
