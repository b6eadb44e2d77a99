import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { buildConnector } from 'undici';
import { toProxyHeaders } from './to-proxy-headers.ts';

/** Wraps a connector so that it connects through a tunnel of an HTTP proxy. The upstream's TLS runs inside. */
export function tunnelThrough(
  proxy: URL,
  connect: buildConnector.connector,
  timeoutMs: number,
): buildConnector.connector {
  return (options, callback) => {
    const authority = `${options.hostname}:${options.port || '443'}`;
    const request = (proxy.protocol === 'https:' ? requestHttps : requestHttp)({
      hostname: proxy.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: proxy.port,
      method: 'CONNECT',
      path: authority,
      headers: ['host', authority, ...toProxyHeaders(proxy)],
      agent: false,
    });
    const timer = setTimeout(() => request.destroy(createTimeout()), timeoutMs);
    request.once('close', () => clearTimeout(timer));
    request.once('connect', ({ statusCode }, socket) => {
      clearTimeout(timer);
      if (statusCode === 200) {
        connect({ ...options, httpSocket: socket }, callback);
        return;
      }
      socket.destroy();
      callback(new Error(`the proxy refused the tunnel with status ${statusCode}`), null);
    });
    // A proxy that does not know CONNECT answers as a server.
    request.once('response', ({ statusCode }) => {
      request.destroy(new Error(`the proxy answered CONNECT with status ${statusCode}`));
    });
    request.once('error', (error) => callback(error, null));
    request.end();
  };
}

const createTimeout = () => Object.assign(new Error('the proxy did not answer in time'), { code: 'ETIMEDOUT' });
