/** The guides in reading order, then the reference documents. Paths are relative to docs/. */
export const guides = [
  'guide/getting-started.md',
  'guide/state.md',
  'guide/streaming.md',
  'guide/resuming.md',
  'guide/tools.md',
  'guide/mcp.md',
  'guide/approvals.md',
  'guide/console.md',
  'guide/structured-outputs.md',
  'guide/background.md',
  'guide/webhooks.md',
  'guide/idempotency.md',
  'guide/limits-and-tenants.md',
  'guide/errors.md',
  'guide/websocket.md',
  'configuration.md',
  'monitoring.md',
  'offline-agent.md',
  'rules.md',
] as const;

export interface Guide {
  /** The last segment of its URL: `streaming`. */
  name: string;
  title: string;
  markdown: string;
}

export function toGuide(path: string, markdown: string): Guide {
  const title = /^# (.+)$/m.exec(markdown)?.[1];
  if (!title) throw new Error(`${path} has no first-level heading.`);
  return { name: toName(path), title, markdown };
}

/** Returns the name of a page: `streaming` for `guide/streaming.md`, `configuration` for `../configuration.md`. */
export function toName(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.md$/, '');
}
