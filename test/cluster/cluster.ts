import { spawnTalaria, type TestProcess } from '../helpers/spawn-talaria.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { startUpstream, type Upstream, type UpstreamOptions } from '../helpers/upstream.ts';

/** For tests that kill a server: as short as a server that lives can keep to on a machine that has other work to do. */
export const shortLease = { RUN_LEASE_MS: '4000' };

export interface Cluster extends AsyncDisposable {
  upstream: Upstream;
  /** Another server on the same store: in this process, or in one of its own that can be killed. */
  start(settings?: Record<string, string>): Promise<TestServer>;
  spawn(settings?: Record<string, string>): Promise<TestProcess>;
}

/** Servers that share a store, and an upstream. */
export async function openCluster(storeUrl: string, options: UpstreamOptions = {}): Promise<Cluster> {
  const stack = new AsyncDisposableStack();
  const upstream = stack.use(await startUpstream(options));
  const common = {
    STORE_URL: storeUrl,
    AGENT_URL: upstream.url,
    LOG_LEVEL: 'silent',
    API_SERVER_SHUTDOWN_MS: '100',
  };
  return {
    upstream,
    start: async (settings = {}) => stack.use(await startTalaria({ ...common, ...settings })),
    spawn: async (settings = {}) => stack.use(await spawnTalaria({ ...common, ...settings })),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** The events of a response, from a server of its own choice. */
export const streamOf = ({ url }: { url: string }, id: string, after?: number): string =>
  `${url}/v1/responses/${id}?stream=true${after === undefined ? '' : `&starting_after=${after}`}`;

export const responsesOf = ({ url }: { url: string }): string => `${url}/v1/responses`;

/** A request for a streamed response in the background. */
export const inBackground = (input: string) => ({ model: 'any', input, background: true, stream: true });
