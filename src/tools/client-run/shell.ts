import { isObject } from '../../json/is-object.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { type ClientRunKind, type Fields, isText, isTextList, objectSchema, toLimit } from './client-run-kind.ts';

const description =
  'Runs shell commands on the machine of the user, and returns the output and the exit code of each. Each command has ' +
  'a shell of its own.';

/** Commands that the client runs in a shell. */
export const shell: ClientRunKind<ReturnType<typeof createCall>> = {
  toFunction: ({ environment }) => ({
    description: [description, ...toSkills(environment)].join('\n'),
    parameters: objectSchema(
      {
        commands: { type: 'array', items: { type: 'string' }, minItems: 1, description: 'The commands.' },
        timeout_ms: { type: 'integer', description: 'The time limit in milliseconds.' },
        max_output_length: { type: 'integer', description: 'The most characters of output to return.' },
      },
      ['commands'],
    ),
  }),
  toCall({ commands, command, ...limits }) {
    // Models also write a single command, by either name.
    const list = [commands, command].flat().filter((entry) => entry !== undefined);
    return isTextList(list) ? createCall(list, limits) : undefined;
  },
  toArguments: ({ action }) => {
    const { commands, timeout_ms, max_output_length } = isObject(action) ? action : {};
    return { commands, ...omitUndefined({ timeout_ms, max_output_length }) };
  },
  toResult({ output }) {
    const entries = Array.isArray(output) ? output.filter(isObject) : [];
    const texts = entries.map(toText);
    if (texts.length < 2) return texts[0] ?? 'The commands produced no output.';
    return texts.map((text, index) => `Command ${index + 1}:\n${text}`).join('\n\n');
  },
};

/** The name of the type: the fields beside `type` are those of the contract. */
function createCall(commands: string[], { timeout_ms, max_output_length }: Fields) {
  return {
    type: 'shell_call' as const,
    action: { commands, timeout_ms: toLimit(timeout_ms), max_output_length: toLimit(max_output_length) },
    environment: { type: 'local' },
  };
}

function toText({ stdout, stderr, outcome }: Fields): string {
  const { type, exit_code: code } = isObject(outcome) ? outcome : {};
  const end = type === 'timeout' ? 'The command timed out.' : `Exit code: ${code ?? 'unknown'}`;
  return [...(isText(stdout) ? [stdout] : []), ...(isText(stderr) ? [`stderr:\n${stderr}`] : []), end].join('\n');
}

/** Lists the skills of a local environment: OpenAI's models read them there too. */
function toSkills(environment: unknown): string[] {
  const skills = isObject(environment) && Array.isArray(environment['skills']) ? environment['skills'] : [];
  const lines = skills.filter(isObject).map(({ name, description, path }) => `- ${name} (${path}): ${description}`);
  return lines.length > 0 ? ['Skills, each a folder with a SKILL.md to read first:', ...lines] : [];
}
