import { functionTool } from './fixtures.ts';

const mcp = (label: string) => ({ type: 'mcp', server_label: label, require_approval: 'never' });

/** Scripts for the offline agent. Together they produce every item and event that this server sends. */
const runs: object[] = [
  { input: '/say Hello.' },
  { input: '/reason Hm.\n/say Hello.' },
  { input: '/reason Hm.\n/say Hello.', reasoning: { summary: 'auto' } },
  { input: '/refuse No.' },
  { input: '/call look {"far":true}', tools: [functionTool] },
  { input: '/call patch {"input":"x y"}', tools: [{ type: 'custom', name: 'patch' }] },
  { input: '/call shell {"commands":["ls"]}', tools: [{ type: 'shell' }] },
  { input: '/call local_shell {"command":["ls"]}', tools: [{ type: 'local_shell' }] },
  { input: '/call apply_patch {"type":"delete_file","path":"a.txt"}', tools: [{ type: 'apply_patch' }] },
  { input: '/call tool_search {}', tools: [{ type: 'tool_search', execution: 'client' }] },
  { input: '/call tools__echo {"message":"x"}\n/call tools__echo {}\n/then\n/say Done.', tools: [mcp('tools')] },
  { input: '/call tools__echo {"message":"x"}', tools: [{ ...mcp('tools'), require_approval: 'always' }] },
  { input: '/say Hello.', tools: [mcp('broken')] },
  { input: '/run look {} => seen\n/say Seen.' },
  { input: '/say Hello.', background: true },
  { input: '/say one two three\n/limit 2' },
  { input: '/say one two three\n/break after 2' },
  { input: [{ type: 'message', role: 'user', content: 'Hello' }, { type: 'compaction_trigger' }] },
];

export interface SeenOutput {
  items: Set<string>;
  events: Set<string>;
}

/** A run with the chat model. Only an upstream sends citations. */
const citingRun = { input: 'cite a page' };

/** Returns the types of the items and events of two servers: one with the offline agent, one with the chat model. */
export async function observeOutput({ offline, server }: { offline: string; server: string }): Promise<SeenOutput> {
  const seen: SeenOutput = { items: new Set(), events: new Set() };
  for (const [url, run] of [...runs.map((run) => [offline, run] as const), [server, citingRun] as const]) {
    const reply = await fetch(`${url}/v1/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'offline', stream: true, ...run }),
    });
    const text = await reply.text();
    for (const [, data = ''] of text.matchAll(/^data: (\{.*)$/gm)) {
      const event = JSON.parse(data);
      seen.events.add(event.type);
      if (event.type === 'response.output_item.done') seen.items.add(event.item.type);
    }
  }
  return seen;
}
