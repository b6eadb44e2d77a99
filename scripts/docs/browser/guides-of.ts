/** Which guides speak of an operation: filled in when the page is generated, see scripts/docs/build-pages.ts. */
export const guidesOf: Record<string, { name: string; title: string }[]> = {};
