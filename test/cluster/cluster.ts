import { spawnTalaria, type TestProcess } from '../helpers/spawn-talaria.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { startUpstream, type Upstream, type UpstreamOptions, type UpstreamRequest } from '../helpers/upstream.ts';

/** For tests that kill a server: as short as a live server can renew on a loaded machine. */
export const shortLease = { RUN_LEASE_MS: '4000' };

export interface Cluster extends AsyncDisposable {
  upstream: Upstream;
  /** Starts another server on the same store: in this process, or in its own, which can be killed. */
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

/** Returns the URL of a response's events on one server. */
export const streamOf = ({ url }: { url: string }, id: string, after?: number): string =>
  `${url}/v1/responses/${id}?stream=true${after === undefined ? '' : `&starting_after=${after}`}`;

/** Returns the replies that the upstream was asked for. A server that starts also requests the list of models. */
export const repliesOf = ({ requests }: Upstream): UpstreamRequest[] =>
  requests.filter(({ path }) => path === '/v1/chat/completions');

export const responsesOf = ({ url }: { url: string }): string => `${url}/v1/responses`;

/** Returns a request for a streamed background response. */
export const inBackground = (input: string) => ({ model: 'any', input, background: true, stream: true });
