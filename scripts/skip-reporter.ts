import type { TestEvent } from 'node:test/reporters';

/** A reporter for Node's test runner: one line for each test that did not run, with its reason. */
// biome-ignore lint/style/noDefaultExport: the runner takes the default export.
export default async function* skipReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { name, skip, todo } = event.data;
    const reason = skip ?? todo;
    if (reason !== undefined) yield `${name}: ${typeof reason === 'string' ? reason : 'no reason given'}\n`;
  }
}
