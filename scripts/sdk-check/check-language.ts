import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import type { Command, Language } from './languages.ts';

export interface Outcome {
  language: string;
  generator: string;
  /** The duration of each step in seconds. A failed step is the last. */
  steps: { name: 'generate' | 'compile' | 'run'; seconds: number }[];
  /** Why the language was skipped. */
  skipped?: string;
  failed?: string;
}

/** A hung program must not block the others. */
const stepTimeoutMs = 10 * 60_000;

/** The expected output of each language's program. */
const expectedOutput = /^models offline\nchain true\nerror 404 response_not_found\nstream Hello there\.$/i;

/** Generates, compiles and runs one language's client against the server at `url`, in `folder`. */
export async function checkLanguage(language: Language, folder: string, url: string): Promise<Outcome> {
  const { name, generator, needs, install, generate, compile, run } = language;
  const outcome: Outcome = { language: name, generator, steps: [] };
  await mkdir(folder, { recursive: true });
  for (const need of needs) {
    const missing = await execute(need, folder).then(
      () => false,
      () => true,
    );
    if (missing) return { ...outcome, skipped: `"${[need.program, ...need.arguments].join(' ')}" fails here` };
  }
  try {
    for (const command of install) await execute(command, folder);
  } catch (error) {
    return { ...outcome, skipped: `its generator can't be installed: ${lastLine(error)}` };
  }
  const step = async (step: Outcome['steps'][number]['name'], commands: Command[]) => {
    const started = performance.now();
    let output = '';
    try {
      for (const command of commands) output = await execute(command, folder);
    } finally {
      outcome.steps.push({ name: step, seconds: (performance.now() - started) / 1000 });
    }
    return output;
  };
  try {
    await language.prepare(folder);
    await step('generate', generate);
    await step('compile', compile);
    const output = await step('run', [{ ...run, arguments: [...run.arguments, url] }]);
    if (!expectedOutput.test(output.trim().replaceAll('\r', '')))
      return { ...outcome, failed: `its program printed:\n${output}` };
    return outcome;
  } catch (error) {
    return { ...outcome, failed: error instanceof Error ? error.message : String(error) };
  }
}

function execute({ program, arguments: words, env }: Command, cwd: string): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, timeout: stepTimeoutMs, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    execFile(program, words, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${words.join(' ')}\n${(stdout + stderr).slice(-4000) || error.message}`));
      else resolve(stdout);
    });
  });
}

function lastLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1) ?? '';
}
