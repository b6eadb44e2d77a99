/** The guides in the order in which they are read, then other documents that belong to them. Paths from docs/. */
export const guides = [
  'guide/getting-started.md',
  'guide/state.md',
  'guide/streaming.md',
  'guide/resuming.md',
  'guide/tools.md',
  'guide/structured-outputs.md',
  'guide/background.md',
  'guide/idempotency.md',
  'guide/limits-and-tenants.md',
  'guide/errors.md',
  'guide/websocket.md',
  'configuration.md',
  'offline-agent.md',
] as const;

export interface Guide {
  /** The last part of its address: `streaming`. */
  name: string;
  title: string;
  markdown: string;
}

export function toGuide(path: string, markdown: string): Guide {
  const title = /^# (.+)$/m.exec(markdown)?.[1];
  if (!title) throw new Error(`${path} has no title.`);
  return { name: toName(path), title, markdown };
}

/** `guide/streaming.md` and `../configuration.md` are pages side by side. */
export function toName(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.md$/, '');
}
