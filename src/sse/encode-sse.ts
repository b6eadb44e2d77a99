const lineBreak = /\r\n|\r|\n/g;

/**
 * Encodes a server-sent event (WHATWG HTML, 9.2.5). Each line of `data` becomes a `data:` line. Line breaks in `event`
 * are removed, so that no value can start another field or event.
 */
export function encodeSse(data: string, event?: string): string {
  const head = event === undefined ? '' : `event: ${event.replace(lineBreak, '')}\n`;
  const body = data.includes('\n') || data.includes('\r') ? data.split(lineBreak).join('\ndata: ') : data;
  return `${head}data: ${body}\n\n`;
}

/** Encodes a comment, which clients ignore and which keeps proxies from closing an idle stream. */
export function encodeSseComment(text: string): string {
  return `: ${text.replace(lineBreak, ' ')}\n\n`;
}

/** The end of a stream in OpenAI's APIs. */
export const sseDone = encodeSse('[DONE]');
