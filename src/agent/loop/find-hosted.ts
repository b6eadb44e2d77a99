import { toHostedName } from '../../tools/hosted-name.ts';
import { throwIfAborted } from '../abort.ts';
import { toStringOf } from '../fields.ts';
import type { ListOptions } from './list-servers.ts';
import type { RequestedServer } from './loop-request.ts';
import type { HostedTool } from './offered-tools.ts';

/** Finds the MCP tools that stand for the hosted tools of a request. One whose server fails is omitted. */
export async function findHosted(
  asked: readonly Readonly<Record<string, unknown>>[],
  mapped: ReadonlyMap<string, { server: RequestedServer; tool: string }>,
  { session, signal, onFailure }: ListOptions,
): Promise<HostedTool[]> {
  const types = [...new Set(asked.map(({ type }) => toStringOf(type)))];
  const found = await Promise.all(types.map((type) => find(type)));
  throwIfAborted(signal);
  return found.filter((hosted) => hosted !== undefined);

  async function find(type: string): Promise<HostedTool | undefined> {
    const target = mapped.get(toHostedName(type));
    if (!target) return undefined;
    try {
      const tools = await session.list(target.server, signal);
      const tool = tools.find(({ name }) => name === target.tool);
      return tool && { type, server: target.server, tool };
    } catch (error) {
      onFailure(target.server, error);
      return undefined;
    }
  }
}
