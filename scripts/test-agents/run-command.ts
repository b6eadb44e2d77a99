import { execFile } from 'node:child_process';

export interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
  timeoutMs: number;
}

/** Runs a command to its end and returns its output. Rejects with the end of what it printed. */
export function runCommand(command: string, args: string[], { cwd, env, timeoutMs }: RunOptions): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error) reject(new Error((stderr + stdout).trim().slice(-600) || error.message));
      else resolve(`${stdout}${stderr}`);
    });
  });
}
