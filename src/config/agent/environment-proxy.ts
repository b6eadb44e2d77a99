import { BlockList, isIP } from 'node:net';
import { ConfigError } from '../config-error.ts';
import type { Environment } from '../env.ts';
import { isLoopback } from '../loopback.ts';
import type { AgentConfig } from '../to-agent-config.ts';
import { noProxy, proxyRule, toProxyUrl } from './read-proxy.ts';

type ProxyVariables = Pick<Environment, 'httpProxy' | 'httpsProxy' | 'noProxy'>;

/**
 * Completes an agent with the proxy of the environment. An agent's own setting takes precedence. Agents on this machine
 * are never reached through the environment's proxy.
 */
export function withProxy(agent: AgentConfig, env: ProxyVariables): AgentConfig {
  if (agent.kind !== 'upstream') return agent;
  const { proxy: own } = agent.settings;
  const proxy = own === noProxy ? undefined : (own ?? findProxy(new URL(agent.url), env));
  return { ...agent, settings: { ...agent.settings, proxy } };
}

function findProxy(url: URL, { httpProxy, httpsProxy, noProxy: exceptions }: ProxyVariables): string | undefined {
  const isSecure = url.protocol === 'https:';
  const text = isSecure ? httpsProxy : httpProxy;
  if (text === undefined || isLoopback(url.hostname) || isException(url, exceptions ?? '')) return undefined;
  const proxy = toProxyUrl(text);
  if (proxy === undefined) throw new ConfigError(`${isSecure ? 'HTTPS_PROXY' : 'HTTP_PROXY'}: must be ${proxyRule}.`);
  return proxy;
}

/** Whether `NO_PROXY` names the host: itself or a domain above it, an address or network, each with or without a port. */
function isException(url: URL, exceptions: string): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const entries = exceptions.toLowerCase().split(/[\s,]+/);
  return entries.some((entry) => {
    if (entry === '') return false;
    if (entry === '*' || isInNetwork(host, entry)) return true;
    const [, name = entry, onlyPort = port] = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
    const domain = name.replace(/^\*?\./, '').replace(/^\[(.*)\]$/, '$1');
    return onlyPort === port && (host === domain || host.endsWith(`.${domain}`));
  });
}

/** Whether an address lies in a network such as `10.0.0.0/8`. */
function isInNetwork(host: string, entry: string): boolean {
  const [, network = '', bits = ''] = /^(.+)\/(\d+)$/.exec(entry) ?? [];
  const version = isIP(network);
  if (version === 0 || isIP(host) !== version || Number(bits) > (version === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), version === 4 ? 'ipv4' : 'ipv6');
  return list.check(host, version === 4 ? 'ipv4' : 'ipv6');
}
