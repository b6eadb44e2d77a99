const lineBreak = /\r\n|\r|\n/g;

/**
 * One server-sent event (WHATWG HTML, 9.2.5). `data` may hold line breaks of any kind and gets one `data:` line for
 * each; in `event` they are removed, so that no value can start a field or an event of its own. LF line ends.
 */
export function encodeSse(data: string, event?: string): string {
  const head = event === undefined ? '' : `event: ${event.replace(lineBreak, '')}\n`;
  const body = data.includes('\n') || data.includes('\r') ? data.split(lineBreak).join('\ndata: ') : data;
  return `${head}data: ${body}\n\n`;
}

/** A comment: readers drop it, proxies see a stream that is alive. */
export function encodeSseComment(text: string): string {
  return `: ${text.replace(lineBreak, ' ')}\n\n`;
}

/** Ends a stream in OpenAI's APIs. */
export const sseDone = encodeSse('[DONE]');
