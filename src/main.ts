#!/usr/bin/env node
import { runCommand } from './cli/run-command.ts';

// A reader that has seen enough, such as `head`, is no failure; a full disk is.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.exitCode = 1;
    if (stream === process.stdout) process.stderr.write(`What was to be printed is lost: ${error.message}\n`);
  });
}

process.exitCode = await runCommand(process.argv.slice(2));
