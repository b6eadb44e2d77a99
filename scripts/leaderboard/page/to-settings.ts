import { extname } from 'node:path';
import type { Entry } from '../entry.ts';
import { toFence } from './markdown.ts';

const languages: Record<string, string> = {
  '.mjs': 'js',
  '.py': 'python',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.jinja': '',
};

/** Renders how an entry was installed, configured, started and checked, so that anyone can repeat it. */
export function toSettings(entry: Entry): string {
  const { registry, packages, bare = [], files = {}, steps = [], command, env = {} } = entry;
  const installs: Record<Entry['registry'], string[]> = {
    npm: [`npm install ${packages.map(quote).join(' ')}`],
    PyPI: [
      `pip install ${packages.map(quote).join(' ')}`,
      ...(bare.length === 0 ? [] : [`pip install --no-deps ${bare.map(quote).join(' ')}`]),
    ],
    none: [],
  };
  const variables = Object.entries(env).map(([name, value]) => `${name}=${quote(value)}`);
  const lines = [
    ...installs[registry],
    ...steps.map((step) => step.map(quote).join(' ')),
    [...variables, ...command.map(quote)].join(' '),
    toVerifyCommand(entry),
  ];
  const parts = Object.entries(files).map(
    ([name, text]) => `\`${name}\`:\n\n${toFence(languages[extname(name)] ?? '', text)}`,
  );
  return [toFence('sh', lines.join('\n')), ...parts].join('\n\n');
}

function toVerifyCommand({ key, model, options = [] }: Entry): string {
  const words = ['talaria', 'verify', 'http://127.0.0.1:{port}', '--model', model, ...options];
  return [...words, ...(key === undefined ? [] : ['--key', key])].map(quote).join(' ');
}

/** Quotes a word for a shell, if it must be. */
function quote(word: string): string {
  return /^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
