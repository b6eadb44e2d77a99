import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTalaria } from '../helpers/talaria.ts';
import { writeConfig } from '../helpers/write-config.ts';
import type { ExampleServer } from './run-examples.ts';

/** The program that `npx` would download. */
const filesystem = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-filesystem/dist/index.js'));

/** Returns the server of a page's configuration, whose MCP server has a folder of this machine. */
export function startMcpExamples(settings: string): ExampleServer & Disposable {
  const notes = realpathSync(mkdtempSync(join(tmpdir(), 'talaria-notes-')));
  writeFileSync(join(notes, 'todo.txt'), 'Buy milk.');
  const adapt = (text: string): string =>
    text
      .replaceAll('/srv/notes', notes)
      .replaceAll('$OPERATOR_KEY', 'none')
      .replace('command: npx', `command: ${process.execPath}`)
      .replace("'-y', '@modelcontextprotocol/server-filesystem'", filesystem);
  return {
    adapt,
    async start() {
      const config = writeConfig(adapt(settings));
      const started = await startTalaria({ TALARIA_CONFIG: config.path });
      return {
        ...started,
        async [Symbol.asyncDispose]() {
          await started[Symbol.asyncDispose]();
          config[Symbol.dispose]();
        },
      };
    },
    [Symbol.dispose]: () => rmSync(notes, { recursive: true, force: true }),
  };
}
