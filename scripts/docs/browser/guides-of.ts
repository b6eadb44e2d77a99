/** The guides that mention each operation. scripts/docs/build-pages.ts fills them in. */
export const guidesOf: Record<string, { name: string; title: string }[]> = {};
