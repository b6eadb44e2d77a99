import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { chatClaims } from './chat-claims.ts';
import { conversationClaims } from './conversation-claims.ts';
import { exceptions } from './exceptions.ts';
import { responseClaims } from './response-claims.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));

/** The compiler checks the claims. These tests check that the claims are compiled. */
describe('wire types compared with those of the openai package', () => {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);

  it('are compared by files that the type check compiles', async () => {
    const compiled = fileNames.filter((name) => name.startsWith(here)).map((name) => basename(name));
    const present = (await readdir(here)).filter((name) => name.endsWith('.ts'));
    assert.deepEqual(compiled.sort(), present.sort());
    assert.equal(options.strict && options.exactOptionalPropertyTypes, true);
  });

  it('agree except for the listed exceptions, each with a reason', () => {
    const claims = [chatClaims, responseClaims, conversationClaims].flatMap((each) => Object.values(each));
    assert.equal(claims.length, Object.keys(exceptions).length, 'one list of exceptions for each claim');
    const reasons = Object.values(exceptions).flatMap((fields) => Object.values(fields));
    assert.ok(reasons.every((reason: string) => reason.split(' ').length > 2));
  });

  it('fail to compile for an unlisted difference and for an outdated exception', () => {
    const source = `
      import type { Mismatch, Same } from './mismatch.ts';
      interface Theirs { id: string; note?: string | null; extra: number }
      interface Ours { id: string; note?: string }
      export const exact: Same<Mismatch<Theirs, Ours>, 'note'> = true;
      export const unlisted: Same<Mismatch<Theirs, Ours>, never> = true;
      export const stale: Same<Mismatch<Theirs, Ours>, 'note' | 'id'> = true;
      export const missing: Same<Mismatch<Ours, Theirs>, 'extra'> = true;
    `;
    assert.deepEqual(errorsOf(source, options), ['unlisted', 'stale']);
  });
});

/** Lists the exported constants whose types don't compile. */
function errorsOf(source: string, options: ts.CompilerOptions): string[] {
  const path = `${here}virtual.ts`;
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  host.getSourceFile = (name, language, ...rest) =>
    name === path ? ts.createSourceFile(name, source, language) : read.call(host, name, language, ...rest);
  const program = ts.createProgram([path], options, host);
  return program.getSemanticDiagnostics(program.getSourceFile(path)).map(({ start = 0 }) => {
    return /^\w+/.exec(source.slice(start))?.[0] ?? '';
  });
}
