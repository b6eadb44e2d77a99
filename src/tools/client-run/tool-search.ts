import { isObject } from '../../json/is-object.ts';
import { toFlatName } from '../flat-name.ts';
import { type ClientRunKind, type Fields, isText, objectSchema } from './client-run-kind.ts';

/** A search of the client's for tools that the model does not see yet. */
export const toolSearch: ClientRunKind<ReturnType<typeof createCall>> = {
  toFunction: ({ description, parameters }) => ({
    description: isText(description) ? description : 'Finds further tools. You can call those that it finds.',
    parameters: isObject(parameters)
      ? parameters
      : objectSchema({ query: { type: 'string', description: 'What the tool is for.' } }, ['query']),
  }),
  toCall: (args) => createCall(args),
  toArguments: ({ arguments: args }) => (isObject(args) ? args : {}),
  toResult({ tools }) {
    const names = (Array.isArray(tools) ? tools : []).filter(isObject).flatMap(toNames);
    return names.length > 0 ? `You can now call these tools: ${names.join(', ')}` : 'No tools were found.';
  },
};

const createCall = (args: Fields) => ({
  type: 'tool_search_call' as const,
  execution: 'client' as const,
  arguments: { ...args },
});

/** Returns the names that the model sees. */
function toNames({ type, name, tools }: Fields): string[] {
  if (type !== 'namespace') return isText(name) ? [toFlatName(name)] : [];
  const members = Array.isArray(tools) ? tools.filter(isObject) : [];
  return members.flatMap((member) => (isText(member['name']) ? [toFlatName(member['name'], String(name))] : []));
}
