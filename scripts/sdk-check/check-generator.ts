import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execute } from './execute.ts';
import type { Command, Generator } from './generator.ts';

export interface Outcome {
  generator: Generator;
  /** The duration of each step in seconds. A failed step is the last. */
  steps: { name: 'generate' | 'compile' | 'run'; seconds: number }[];
  /** Why the generator was skipped. */
  skipped?: string;
  failed?: string;
}

export interface Place {
  /** Receives the generator, the client and the program. */
  folder: string;
  /** Holds the generator's program. */
  programs: string;
  contract: string;
  url: string;
}

/** The expected output of each program. */
const expectedOutput = /^models offline\nchain true\nerror 404 response_not_found\nstream Hello there\.$/i;

/** Generates, compiles and runs one generator's client against the server. */
export async function checkGenerator(generator: Generator, place: Place): Promise<Outcome> {
  const { folder } = place;
  const outcome: Outcome = { generator, steps: [] };
  await mkdir(folder, { recursive: true });
  for (const need of generator.needs) {
    const missing = await execute(need, folder).then(
      () => false,
      () => true,
    );
    if (missing) return { ...outcome, skipped: `"${[need.program, ...need.arguments].join(' ')}" fails here` };
  }
  try {
    for (const command of generator.install) await execute(command, folder);
  } catch (error) {
    return { ...outcome, skipped: `it can't be installed: ${lastLine(error)}` };
  }
  const step = async (name: Outcome['steps'][number]['name'], commands: Command[]) => {
    const started = performance.now();
    let output = '';
    try {
      for (const command of commands) output = await execute(command, folder);
    } finally {
      outcome.steps.push({ name, seconds: (performance.now() - started) / 1000 });
    }
    return output;
  };
  try {
    await prepare(generator, place);
    await step('generate', generator.generate);
    await step('compile', generator.compile);
    const { run } = generator;
    const output = await step('run', [{ ...run, arguments: [...run.arguments, place.url] }]);
    if (expectedOutput.test(output.trim().replaceAll('\r', ''))) return outcome;
    return { ...outcome, failed: `its program printed:\n${output}` };
  } catch (error) {
    return { ...outcome, failed: error instanceof Error ? error.message : String(error) };
  }
}

async function prepare({ files = {} }: Generator, { folder, programs, contract }: Place): Promise<void> {
  await cp(programs, folder, { recursive: true });
  for (const [path, text] of Object.entries({ ...files, 'contract.json': contract })) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

function lastLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1) ?? '';
}
