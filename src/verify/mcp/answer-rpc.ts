import { at } from '../read-json.ts';

/** A call of a tool, as it arrived. */
export interface ReceivedCall {
  tool: string;
  arguments: unknown;
}

/** Protocol versions that this server speaks, newest first. The messages that it needs are the same in all of them. */
const versions = ['2025-11-25', '2025-06-18', '2025-03-26'];

const toSchema = (name: string) => ({
  type: 'object',
  properties: { [name]: { type: 'string' } },
  required: [name],
  additionalProperties: false,
});

/** A tool without effects. */
export const readTool = {
  name: 'get_temperature',
  description: 'Tells the temperature in a city.',
  inputSchema: toSchema('city'),
  annotations: { readOnlyHint: true },
};
/** A tool whose every call leaves something behind. */
export const writeTool = { name: 'add_note', description: 'Adds a note.', inputSchema: toSchema('text') };
/** A tool that always fails. */
export const failingTool = { name: 'open_door', description: 'Opens a door.', inputSchema: toSchema('door') };

const allTools = [readTool, writeTool, failingTool];

/** Results, by tool. Words that no model would guess, so that they can be searched for. */
export const results: Readonly<Record<string, string>> = {
  [readTool.name]: '17 degrees celadon',
  [writeTool.name]: 'note 9 vermilion',
  [failingTool.name]: 'the door is jammed ochre',
};

/** Answers a JSON-RPC message of MCP. Returns `undefined` for a notification. */
export function answerRpc(message: Record<string, unknown>, onCall: (call: ReceivedCall) => void): object | undefined {
  const { id, method, params } = message;
  if (id === undefined) return undefined;
  switch (method) {
    case 'initialize': {
      const asked = `${at(params, 'protocolVersion')}`;
      const protocolVersion = versions.includes(asked) ? asked : versions[0];
      const serverInfo = { name: 'talaria-verify', version: '1.0.0' };
      return toResult(id, { protocolVersion, capabilities: { tools: {} }, serverInfo });
    }
    case 'ping':
      return toResult(id, {});
    case 'tools/list':
      return toResult(id, { tools: allTools });
    case 'tools/call': {
      const tool = `${at(params, 'name')}`;
      onCall({ tool, arguments: at(params, 'arguments') });
      const text = results[tool] ?? `There is no tool ${tool}.`;
      const isError = tool === failingTool.name || results[tool] === undefined;
      return toResult(id, { content: [{ type: 'text', text }], isError });
    }
    default:
      return { jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } };
  }
}

const toResult = (id: unknown, result: object) => ({ jsonrpc: '2.0', id, result });
