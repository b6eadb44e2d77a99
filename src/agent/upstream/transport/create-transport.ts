import { readFileSync } from 'node:fs';
import { getCACertificates } from 'node:tls';
import type { buildConnector, Dispatcher, Pool } from 'undici';
import type { UpstreamSettings } from '../../../config/upstream-settings.ts';
import { createConnector, HttpPool } from '../../../net/http-pool.ts';
import { skipContinue } from '../exchange/skip-continue.ts';
import type { UpstreamLimits } from '../upstream-limits.ts';
import { decodeContent } from './decode-content.ts';
import { toProxyHeaders } from './to-proxy-headers.ts';
import { tunnelThrough } from './tunnel.ts';

export interface TransportOptions {
  /** The base of the upstream's API. Its query is sent with every request. */
  base: URL;
  settings: Pick<UpstreamSettings, 'proxy' | 'caFile'>;
  limits: UpstreamLimits;
}

/** The connections to one upstream. Disposing aborts running requests. */
export interface Transport extends AsyncDisposable {
  /** The connections of runs: each run has its own, so closing it stops the run. */
  readonly runs: Dispatcher;
  /** Separate connections, so that listing models never waits behind runs. */
  readonly catalogue: Dispatcher;
  /** Names and values of the headers that the way to the upstream needs. */
  readonly headers: readonly string[];
  /** Returns the request target of an operation below the base, such as `models`. */
  toPath(operation: string): string;
}

/** Creates the connections to an upstream, directly or through a proxy. Compressed answers are decoded. */
export function createTransport({ base, settings, limits }: TransportOptions): Transport {
  const proxy = settings.proxy === undefined ? undefined : new URL(settings.proxy);
  // A proxy forwards plain requests, and tunnels encrypted ones (RFC 9110, sections 7.3.2 and 9.3.6).
  const forwarder = base.protocol === 'http:' ? proxy : undefined;
  const connect = createConnector({
    timeout: limits.upstreamConnectMs,
    allowH2: false,
    ...(settings.caFile === undefined ? {} : { ca: toCertificates(settings.caFile) }),
  });
  const connector = proxy && !forwarder ? tunnelThrough(proxy, connect, limits.upstreamConnectMs) : connect;
  const createPool = (connections: number) => createHttpPool((forwarder ?? base).origin, connector, connections);
  const pools = [createPool(limits.upstreamConnections), createPool(limits.upstreamModelsConnections)] as const;
  const decode = decodeContent(limits.upstreamCodings);
  const target = `${forwarder ? base.origin : ''}${base.pathname.replace(/\/+$/, '')}`;
  return {
    runs: pools[0].compose(decode),
    catalogue: pools[1].compose(decode),
    headers: forwarder ? ['host', base.host, ...toProxyHeaders(forwarder)] : [],
    toPath: (operation) => `${target}/${operation}${base.search}`,
    async [Symbol.asyncDispose]() {
      await Promise.all(pools.map((pool) => pool.destroy()));
    },
  };
}

/**
 * Creates a pool of HTTP/1.1 connections. undici's time-outs for answers are off because they count bytes; the exchange
 * measures activity instead.
 */
function createHttpPool(origin: string, connect: buildConnector.connector, connections: number): Pool {
  return new HttpPool(origin, {
    connections,
    pipelining: 1,
    allowH2: false,
    connect: skipContinue(connect),
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

const toCertificates = (file: string): string[] => [...getCACertificates('default'), readFileSync(file, 'utf8')];
