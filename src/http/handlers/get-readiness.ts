import type { Handler } from '../../contract/operations.ts';
import { shuttingDown } from '../../errors/shutting-down.ts';
import { toErrorBody } from '../../errors/to-error-body.ts';
import type { HandlerDeps } from '../handler-deps.ts';

/**
 * Asks the store and the agent whether they can work now. What is wrong goes to the log, not to the asker. A server that
 * drains is not ready, and checks neither.
 */
export function getReadiness({ agent, store, log, isDraining }: HandlerDeps): Handler<'getReadiness'> {
  return async ({ signal }) => {
    // Not thrown: that would be an error in the log at each look of a balancer.
    if (isDraining()) return { kind: 'json', status: 503, body: toErrorBody(shuttingDown()) };
    const [storeCheck, agentCheck] = await Promise.all([
      check('store', store.check()),
      check('agent', agent.models({ signal })),
    ]);
    const checks = { store: storeCheck, agent: agentCheck };
    const ready = storeCheck === 'ok' && agentCheck === 'ok';
    return { kind: 'json', status: ready ? 200 : 503, body: { status: ready ? 'ready' : 'unavailable', checks } };
  };

  async function check(part: string, attempt: Promise<unknown>): Promise<'ok' | 'failed'> {
    try {
      await attempt;
      return 'ok';
    } catch (error) {
      log.warn({ part, err: error }, 'not ready');
      return 'failed';
    }
  }
}
