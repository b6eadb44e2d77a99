/** SQL that each connection prepares once under this name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Names the statements of a store: `{ find: 'SELECT …' }` of `responses` becomes `responses.find`. */
export function nameStatements<Name extends string>(
  part: string,
  texts: Readonly<Record<Name, string>>,
): Readonly<Record<Name, Statement>> {
  const named = Object.entries<string>(texts).map(([name, text]) => [name, { name: `${part}.${name}`, text }]);
  return Object.fromEntries(named);
}
