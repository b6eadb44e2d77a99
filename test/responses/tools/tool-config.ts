import { fileURLToPath } from 'node:url';
import { type ConfigOnDisk, writeConfig } from '../../helpers/write-config.ts';

const program = fileURLToPath(new URL('../../helpers/mcp/stdio-server.ts', import.meta.url));

/** Writes a configuration with the MCP server `files`, whose tools are those of `createToolServer`. `more`: further YAML. */
export function writeToolConfig({ approval = 'never', more = '' } = {}): ConfigOnDisk {
  const command = JSON.stringify(process.execPath);
  const server = `{ command: ${command}, args: [${JSON.stringify(program)}], require_approval: ${approval} }`;
  return writeConfig(`mcp_servers:\n  files: ${server}\n${more}`);
}

export const filesTool = { type: 'mcp', server_label: 'files', require_approval: 'never' } as const;
