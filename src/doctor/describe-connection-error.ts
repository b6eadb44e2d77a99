import type { Subject } from './subject.ts';

export interface Diagnosis {
  message: string;
  remedy: string;
}

/** Codes of Node's TLS for a certificate that it does not trust. */
const untrusted = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/** Codes of a connection that did not come about. With a proxy, that connection is the one to the proxy. */
const unconnected = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Explains why no reply came, and what to do. */
export function describeConnectionError(error: unknown, subject: Subject): Diagnosis {
  const code = toCode(error);
  const { host, timeoutMs } = subject;
  const url = subject.settingName('url');
  const { proxy } = subject.config.settings;
  if (proxy !== undefined && unconnected.has(code)) {
    const remedy = `start the proxy, or correct its URL (${subject.settingName('proxy')}, HTTP_PROXY or HTTPS_PROXY)`;
    return { message: `the proxy ${new URL(proxy).host} cannot be reached (${code})`, remedy };
  }
  if (untrusted.has(code)) {
    const remedy = `set ${subject.setting('ca_file', 'FILE')} to the certificate of its authority`;
    return { message: `the certificate of ${host} is not trusted (${code})`, remedy };
  }
  if (code.startsWith('CERT_') || code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return { message: `the certificate of ${host} is not valid for it (${code})`, remedy: `check the host of ${url}` };
  }
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { message: `the host name of ${host} has no address (${code})`, remedy: `correct the host of ${url}` };
    case 'ECONNREFUSED':
      return {
        message: `nothing listens on ${host} (${code})`,
        remedy: `start the agent, or correct the port of ${url}`,
      };
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return {
        message: `${host} does not accept connections (${code})`,
        remedy: `check the network and firewall, or set ${subject.setting('proxy', 'URL')}`,
      };
    case 'TimeoutError':
      return {
        message: `no answer within ${timeoutMs / 1000} s`,
        remedy: 'check that the agent is ready, or pass a longer --timeout',
      };
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return { message: `${host} does not speak TLS (${code})`, remedy: `write ${url} with http://` };
    default:
      return describeOther(error, subject, code);
  }
}

function describeOther(error: unknown, subject: Subject, code: string): Diagnosis {
  const { proxy } = subject.config.settings;
  const text = subject.excerpt(error instanceof Error ? error.message : String(error));
  const message = `the connection to ${subject.host} failed: ${text}${code === '' ? '' : ` (${code})`}`;
  if (proxy !== undefined) return { message, remedy: `check ${subject.settingName('proxy')}` };
  const other = subject.usesTls ? 'http' : 'https';
  return { message, remedy: `check that an HTTP server listens there; it may need ${other}://` };
}

function toCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error.name === 'TimeoutError') return error.name;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return toCode(error.cause);
}
