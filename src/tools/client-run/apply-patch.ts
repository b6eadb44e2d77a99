import { isObject } from '../../json/is-object.ts';
import { type ClientRunKind, isText, objectSchema } from './client-run-kind.ts';

const description = `Creates, updates or deletes one file of the user.
'diff' has no file headers. For 'create_file' it is the whole file, each line with a '+' before it. For 'update_file' it is
one or more hunks: a line with '@@', optionally followed by a line of the file that the hunk comes after, then lines with
' ' (unchanged), '-' (removed) or '+' (added) before them, with about three unchanged lines around each change.`;

const changes = ['create_file', 'update_file'] as const;

/** A change to one file that the client makes. */
export const applyPatch: ClientRunKind<ReturnType<typeof createCall>> = {
  toFunction: () => ({
    description,
    parameters: objectSchema(
      {
        type: { type: 'string', enum: [...changes, 'delete_file'], description: 'The type of change.' },
        path: { type: 'string', description: 'The path of the file.' },
        diff: { type: 'string', description: "The change. Omitted for 'delete_file'." },
      },
      ['type', 'path'],
    ),
  }),
  toCall(args) {
    // Models that know the item write its field.
    const { type, path, diff } = isObject(args['operation']) ? args['operation'] : args;
    if (!isText(path)) return undefined;
    if (type === 'delete_file') return createCall({ type, path });
    const change = changes.find((name) => name === type);
    return change && typeof diff === 'string' ? createCall({ type: change, path, diff }) : undefined;
  },
  toArguments: ({ operation }) => (isObject(operation) ? operation : {}),
  toResult({ status, output }) {
    const isApplied = status === 'completed';
    if (isText(output)) return isApplied ? output : `Failed: ${output}`;
    return isApplied ? 'The change was made.' : 'Failed: the change was not made.';
  },
};

type Operation = { type: (typeof changes)[number]; path: string; diff: string } | { type: 'delete_file'; path: string };

const createCall = (operation: Operation) => ({ type: 'apply_patch_call' as const, operation });
