import type { Handler } from '../../contract/operations.ts';
import { ApiError } from '../../errors/api-error.ts';
import { shuttingDown } from '../../errors/shutting-down.ts';
import { toErrorBody } from '../../errors/to-error-body.ts';
import type { HandlerDeps } from '../handler-deps.ts';

/**
 * Checks the store and the agent, and reports the MCP servers: one that is down concerns only the requests that use it,
 * so the server stays ready. The log has the cause of a failure, the reply does not. A draining server is not
 * ready and checks neither.
 */
export function getReadiness({ agent, store, mcpServers, log, isDraining }: HandlerDeps): Handler<'getReadiness'> {
  return async ({ signal }) => {
    // Returned, not thrown: each health check would log an error.
    if (isDraining()) return draining();
    const [storeCheck, agentCheck] = await Promise.all([
      check('store', store.check()),
      check('agent', agent.models({ signal }).catch(ignoreReachable)),
    ]);
    // The checks may take longer than the drain.
    if (isDraining()) return draining();
    const health = mcpServers.health();
    const checks = {
      store: storeCheck,
      agent: agentCheck,
      ...(Object.keys(health).length === 0 ? {} : { mcp_servers: health }),
    };
    const ready = storeCheck === 'ok' && agentCheck === 'ok';
    return { kind: 'json', status: ready ? 200 : 503, body: { status: ready ? 'ready' : 'unavailable', checks } };
  };

  function draining() {
    return { kind: 'json', status: 503, body: toErrorBody(shuttingDown()) } as const;
  }

  /** An agent is ready when it can be reached, even if its list of models cannot be read. */
  function ignoreReachable(error: unknown): void {
    if (!(error instanceof ApiError && error.isReachable)) throw error;
  }

  async function check(part: string, attempt: Promise<unknown>): Promise<'ok' | 'failed'> {
    try {
      await attempt;
      return 'ok';
    } catch (error) {
      log.warn({ part, err: error }, 'readiness check failed');
      return 'failed';
    }
  }
}
