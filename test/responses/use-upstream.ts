import { join } from 'node:path';
import { after, before } from 'node:test';
import type OpenAI from 'openai';
import { type stores, useDirectory } from '../clients/agents-under-test.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { startUpstream, type Upstream, type UpstreamOptions } from '../helpers/upstream.ts';

export interface UpstreamSetup {
  readonly openai: OpenAI;
  readonly url: string;
  readonly upstream: Upstream;
  /** The body of the last chat completion that the upstream was asked for. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into the JSON it expects to have been sent
  readonly sent: any;
}

/** A server before an upstream whose requests can be looked at, for the tests of the enclosing suite. */
export function useUpstream(store: (typeof stores)[number], options: UpstreamOptions = {}): UpstreamSetup {
  const stack = new AsyncDisposableStack();
  let started: { server: TestServer; upstream: Upstream } | undefined;
  before(async () => {
    const upstream = stack.use(await startUpstream(options));
    const settings: Record<string, string> = { AGENT_URL: upstream.url };
    if (store === 'SQLite') settings['STORE_URL'] = `sqlite:${join(await useDirectory(stack), 'test.db')}`;
    started = { upstream, server: stack.use(await startTalaria(settings)) };
  });
  after(() => stack.disposeAsync());
  const get = () => {
    if (!started) throw new Error('The server is started before the tests.');
    return started;
  };
  return {
    get openai() {
      return get().server.openai;
    },
    get url() {
      return get().server.url;
    },
    get upstream() {
      return get().upstream;
    },
    get sent() {
      return get().upstream.requests.findLast(({ path }) => path === '/v1/chat/completions')?.body;
    },
  };
}
