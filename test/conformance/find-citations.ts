/** The first argument of `it`, `test` or `describe`, when it is a literal. */
const titlePattern = /\b(?:it|test|describe)\(\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|`((?:\\.|[^`\\])*)`)/g;
const idPattern = /\b[NL]\d+\b/g;

/** The numbers of requirements that the titles of a test file name. */
export function findCitations(source: string): string[] {
  const titles = [...source.matchAll(titlePattern)].map(([, single, double, template]) => single ?? double ?? template);
  return titles.flatMap((title) => title?.match(idPattern) ?? []);
}
