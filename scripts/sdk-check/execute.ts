import { execFile } from 'node:child_process';
import type { Command } from './generator.ts';

/** A hung program must not block the others. */
const timeoutMs = 15 * 60_000;

/** Runs a command in a folder and returns what it prints. Rejects with its output if it fails. */
export function execute({ program, arguments: words, env }: Command, cwd: string): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    execFile(program, words, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${words.join(' ')}\n${(stdout + stderr).slice(-4000) || error.message}`));
      else resolve(stdout);
    });
  });
}
