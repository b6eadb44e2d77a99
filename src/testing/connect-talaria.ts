import { createTalaria, type Talaria } from './talaria.ts';

export interface ConnectOptions {
  /** The key that clients send. */
  apiKey?: string;
  /** An operator's key, if the server has keys. */
  operatorKey?: string;
}

/** A key for a server that asks for none: SDKs require one. */
export const anyKey = 'sk-talaria';

/** Returns the controls of a server that runs already, in another process or on this machine's network. */
export function connectTalaria(url: string, { apiKey = anyKey, operatorKey }: ConnectOptions = {}): Talaria {
  return createTalaria({ url: url.replace(/(\/v1)?\/*$/, ''), apiKey, operatorKey, initial: undefined });
}
