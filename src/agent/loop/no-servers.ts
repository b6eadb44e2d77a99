import { ApiError } from '../../errors/api-error.ts';
import type { ToolServers } from './tool-session.ts';

/** No MCP servers: for agents without any. */
export const noServers: ToolServers = {
  ofAgent: [],
  hosted: new Map(),
  open: () => ({
    list: async ({ label }) => {
      throw new ApiError('mcp_server_error', `Unknown MCP server '${label}'.`);
    },
    call: async () => ({ content: [{ type: 'text', text: 'The MCP server does not exist.' }], isError: true }),
    rerunRule: () => 'never',
    async [Symbol.asyncDispose]() {},
  }),
};
