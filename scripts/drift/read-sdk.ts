import ts from 'typescript';

/** The types of the installed `openai` package. */
export interface SdkTypes {
  checker: ts.TypeChecker;
  /** Returns an exported type of a module below `openai/resources`. Throws if the package has none of that name. */
  typeOf(module: string, name: string): ts.Type;
}

export function readSdk(modules: readonly string[]): SdkTypes {
  const resources = new URL('../../node_modules/openai/resources/', import.meta.url);
  const paths = new Map(modules.map((module) => [module, new URL(`${module}.d.mts`, resources).pathname]));
  const program = ts.createProgram([...paths.values()], {
    strict: true,
    skipLibCheck: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
  });
  const checker = program.getTypeChecker();
  return {
    checker,
    typeOf(module, name) {
      const file = program.getSourceFile(paths.get(module) ?? '');
      const symbol = file && checker.getSymbolAtLocation(file);
      const exported = symbol && checker.getExportsOfModule(symbol).find((candidate) => candidate.name === name);
      if (!exported) throw new Error(`The openai package has no type ${name} in ${module}.`);
      return checker.getDeclaredTypeOfSymbol(
        exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported,
      );
    },
  };
}
