export interface SseEvent {
  event: string | undefined;
  data: string;
}

/** Creates a reader that splits chunks of text into server-sent events. Expects LF line ends; ignores comments. */
export function createSseReader(onEvent: (event: SseEvent) => void): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const found = readBlock(block);
      if (found) onEvent(found);
    }
  };
}

function readBlock(block: string): SseEvent | undefined {
  const fields = block.split('\n').map((line) => /^(\w+): ?(.*)$/.exec(line) ?? []);
  const data = fields.flatMap(([, name, value = '']) => (name === 'data' ? [value] : []));
  if (data.length === 0) return undefined;
  return { event: fields.find(([, name]) => name === 'event')?.[2], data: data.join('\n') };
}
