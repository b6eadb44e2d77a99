import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createToolServer } from './tool-server.ts';

/* An MCP server as a program, for tests. */
process.stderr.write('ready\n');
serveStdio(createToolServer);
