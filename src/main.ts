#!/usr/bin/env node
import { runCommand } from './cli/run-command.ts';

// A reader that closes the pipe early, such as `head`, is no failure. A full disk is.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.exitCode = 1;
    if (stream === process.stdout) process.stderr.write(`Failed to write output: ${error.message}\n`);
  });
}

process.exitCode = await runCommand(process.argv.slice(2));
