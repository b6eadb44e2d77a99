import type { Recording } from '../record-examples/recorder.ts';

const fence = /^```(\w+) recorded=(\w+)\n[\s\S]*?^```$/gm;

/** Fills the blocks of a guide that name a recording, such as "```json recorded=ResponseText". */
export function fillFences(markdown: string, recordings: Record<string, Recording>): string {
  return markdown.replaceAll(fence, (_, language: string, name: string) => {
    const recording = recordings[name];
    if (!recording) throw new Error(`A guide shows ${name}, which is not recorded. Run "npm run record-examples".`);
    return `\`\`\`${language} recorded=${name}\n${toText(recording).trimEnd()}\n\`\`\``;
  });
}

function toText({ value }: Recording): string {
  return typeof value === 'string' ? value.replaceAll(/^data: (\{.*)$/gm, toShortLine) : JSON.stringify(value, null, 2);
}

/** Shortens the response in an event to a few fields, because several events repeat it. */
function toShortLine(line: string, json: string): string {
  const { response, ...event } = JSON.parse(json);
  if (!response) return line;
  const { id, status, output } = response;
  const short = JSON.stringify({ ...event, response: { id, status, output } });
  return `data: ${short.replace(/\}\}$/, ', … }}')}`;
}
