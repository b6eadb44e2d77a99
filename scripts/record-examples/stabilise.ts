import { createHash } from 'node:crypto';

/** IDs in the form of `src/ids.ts`. */
const id = /\b(resp_|msg_|fc_|fco_|rs_|ctc_|ctco_|cmp_|item_|call_|conv_|chatcmpl-)([0-9a-f]{32})\b/g;
/** An ID that no object has. It is never replaced. */
export const unknownId = '0123456789abcdef0123456789abcdef';
const time = /"(created_at|completed_at|created)":\d{10}/g;
const sealed = /"encrypted_content":"[\w-]+"/g;
const moment = 1_795_438_011;
const sealedLength = 64;

export type Stabilise = (recording: string, text: string) => string;

/**
 * Creates a function that replaces IDs, times and sealed content, which differ from run to run. The replacements have
 * the same form and depend only on the recording of their first use, so recording is repeatable. Equal IDs stay equal.
 */
export function createStabiliser(): Stabilise {
  const known = new Map<string, string>();
  const counts = new Map<string, number>();
  const rename = (recording: string, prefix: string, original: string): string => {
    const count = counts.get(recording) ?? 0;
    const stable = known.get(original) ?? `${prefix}${digest(`${recording} ${count}`, 'hex').slice(0, 32)}`;
    if (!known.has(original)) counts.set(recording, count + 1);
    known.set(original, stable);
    // A replacement that a later request sends back isn't replaced again.
    known.set(stable, stable);
    return stable;
  };
  return (recording, text) =>
    text
      .replace(id, (original, prefix, hex) => (hex === unknownId ? original : rename(recording, prefix, original)))
      .replace(time, (_, name) => `"${name}":${moment}`)
      .replace(
        sealed,
        () => `"encrypted_content":"${digest(recording, 'base64url').repeat(2).slice(0, sealedLength)}"`,
      );
}

function digest(text: string, encoding: 'hex' | 'base64url'): string {
  return createHash('sha256').update(text).digest(encoding);
}
