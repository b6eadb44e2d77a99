import { isObject } from '../../json/is-object.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { type ClientRunKind, type Fields, isText, isTextList, objectSchema, toLimit } from './client-run-kind.ts';

/** One program that the client runs: the predecessor of `shell`. */
export const localShell: ClientRunKind<ReturnType<typeof createCall>> = {
  toFunction: () => ({
    description: 'Runs a command on the machine of the user, and returns its output.',
    parameters: objectSchema(
      {
        command: {
          type: 'array',
          items: { type: 'string' },
          minItems: 1,
          description: 'The program and its arguments.',
        },
        working_directory: { type: 'string', description: 'The directory to run it in.' },
        env: { type: 'object', additionalProperties: { type: 'string' }, description: 'Environment variables to set.' },
        timeout_ms: { type: 'integer', description: 'The time limit in milliseconds.' },
      },
      ['command'],
    ),
  }),
  toCall({ command, ...rest }) {
    // Models also write a command line as one text.
    const words = isText(command) ? ['sh', '-c', command] : command;
    return isTextList(words) ? createCall(words, rest) : undefined;
  },
  toArguments({ action }) {
    const { type: _type, ...args } = isObject(action) ? action : {};
    return omitUndefined(args);
  },
  toResult: ({ output }) => (isText(output) ? output : 'The command produced no output.'),
};

function createCall(command: string[], { env, working_directory: directory, timeout_ms: timeout }: Fields) {
  const variables = Object.entries(isObject(env) ? env : {}).filter(([, value]) => typeof value === 'string');
  return {
    type: 'local_shell_call' as const,
    action: {
      type: 'exec',
      command,
      env: Object.fromEntries(variables),
      timeout_ms: toLimit(timeout),
      user: null,
      working_directory: isText(directory) ? directory : null,
    },
  };
}
