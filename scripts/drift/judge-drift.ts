import type { Explanation } from './explained.ts';

export interface Judgement {
  /** Each difference with its explanation; `undefined`: none is listed. */
  rows: { difference: string; explanation: Explanation | undefined }[];
  unexplained: string[];
  /** Listed differences that no longer exist. */
  stale: string[];
}

/** Compares the differences that were found with the reviewed ones. */
export function judgeDrift(differences: readonly string[], explained: readonly Explanation[]): Judgement {
  const patterns = explained.flatMap((explanation) =>
    explanation.differences.map((text) => ({ text, explanation, pattern: toPattern(text) })),
  );
  const rows = differences.map((difference) => {
    const match = patterns.find(({ pattern }) => pattern.test(difference));
    return { difference, explanation: match?.explanation };
  });
  return {
    rows,
    unexplained: rows.filter(({ explanation }) => !explanation).map(({ difference }) => difference),
    stale: patterns.filter(({ pattern }) => !differences.some((text) => pattern.test(text))).map(({ text }) => text),
  };
}

function toPattern(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replaceAll(/[.()[\]|?+^${}\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
