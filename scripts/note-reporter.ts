import type { TestEvent } from 'node:test/reporters';

/** What a whole run leaves to be told at its end. */
export type TestNote = { skipped: string } | { failed: string };

/** A reporter for Node's test runner, JSON Lines: each test that did not run with its reason, the file of each that failed. */
// biome-ignore lint/style/noDefaultExport: the runner takes the default export.
export default async function* noteReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const note = toNote(event);
    if (note) yield `${JSON.stringify(note)}\n`;
  }
}

function toNote({ type, data }: Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>): TestNote | undefined {
  const reason = data.skip ?? data.todo;
  if (reason !== undefined) {
    return { skipped: `${data.name}: ${typeof reason === 'string' ? reason : 'no reason given'}` };
  }
  return type === 'test:fail' ? { failed: String(data.file) } : undefined;
}
