import ts from 'typescript';

export interface ModuleImport {
  /** As written: `./x.ts`, `undici`, `node:fs`. */
  specifier: string;
  /** Whether it imports types only. */
  typeOnly: boolean;
}

/** The properties of a source file that the architecture rules check. */
export interface Module {
  /** Relative to the repository's root: `src/http/cors.ts`. */
  path: string;
  lines: number;
  imports: ModuleImport[];
  hasDefaultExport: boolean;
  usesAny: boolean;
  readsEnvironment: boolean;
}

export function readModule(path: string, text: string): Module {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const module: Module = {
    path,
    lines: text.trimEnd().split('\n').length,
    imports: [],
    hasDefaultExport: false,
    usesAny: false,
    readsEnvironment: false,
  };
  const visit = (node: ts.Node): void => {
    const found = toImport(node);
    if (found) module.imports.push(found);
    if (isDefaultExport(node)) module.hasDefaultExport = true;
    if (node.kind === ts.SyntaxKind.AnyKeyword) module.usesAny = true;
    if (isEnvironment(node) || found?.specifier === 'node:process') module.readsEnvironment = true;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return module;
}

function toImport(node: ts.Node): ModuleImport | undefined {
  if (ts.isImportDeclaration(node)) return toFound(node.moduleSpecifier, isTypeOnlyImport(node.importClause));
  if (ts.isExportDeclaration(node)) return toFound(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return toFound(node.argument.literal, true);
  if (!ts.isCallExpression(node)) return undefined;
  const callee = node.expression;
  const loads =
    callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && /^require/.test(callee.text));
  return loads ? toFound(node.arguments[0], false) : undefined;
}

function toFound(specifier: ts.Node | undefined, typeOnly: boolean): ModuleImport | undefined {
  return specifier && ts.isStringLiteral(specifier) ? { specifier: specifier.text, typeOnly } : undefined;
}

function isTypeOnlyImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { namedBindings: bindings } = clause;
  if (clause.name || !bindings || !ts.isNamedImports(bindings) || bindings.elements.length === 0) return false;
  return bindings.elements.every((element) => element.isTypeOnly);
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportSpecifier(node)) return node.name.text === 'default';
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  );
}

function isEnvironment(node: ts.Node): boolean {
  const name = ts.isPropertyAccessExpression(node)
    ? node.name.text
    : ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression)
      ? node.argumentExpression.text
      : undefined;
  return (
    name === 'env' && 'expression' in node && /\bprocess$/.test(node.getText().replace(/(\.env|\[['"]env['"]\])$/, ''))
  );
}
