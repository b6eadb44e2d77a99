import { createHash } from 'node:crypto';

const shownCharacters = 16;
const pattern = new RegExp(`Recorded compaction ([0-9a-f]{${shownCharacters}})\\.`);

/**
 * Returns the summary that replays a recorded compaction. The recorded content is readable to the recorded server
 * alone, so the summary names it: later questions of the recording continue from the same name.
 */
export const toSummary = (content: string): string => `Recorded compaction ${toDigest(content)}.`;

/** Returns the name of the recorded compaction in a summary; `undefined` for other text. */
export const findCompaction = (text: string): string | undefined => pattern.exec(text)?.[0];

const toDigest = (content: string): string =>
  createHash('sha256').update(content).digest('hex').slice(0, shownCharacters);
