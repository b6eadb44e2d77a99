import { createRequire } from 'node:module';

type PathToRegexp = (path: string, options?: object) => unknown;

/**
 * Makes the validator's path-to-regexp remember its results. On every request the validator compiles the pattern of
 * every route it tries, which costs more than the validation itself; the results depend on the arguments alone. There
 * are as many entries as routes. See docs/decisions/2026-11-23-request-validation.md.
 */
export function memoisePathToRegexp(): void {
  const resolve = createRequire(createRequire(import.meta.url).resolve('express-openapi-validator'));
  // The module's exports as CommonJS sees them: one mutable object, shared by everyone who requires it.
  const library = resolve('path-to-regexp') as { pathToRegexp: PathToRegexp & { memoised?: true } };
  const compile = library.pathToRegexp;
  if (compile.memoised) return;
  const known = new Map<string, unknown>();
  library.pathToRegexp = Object.assign(
    (path: string, options?: object) => {
      const key = `${path} ${JSON.stringify(options)}`;
      let compiled = known.get(key);
      if (compiled === undefined) {
        compiled = compile(path, options);
        known.set(key, compiled);
      }
      return compiled;
    },
    { memoised: true as const },
  );
}
