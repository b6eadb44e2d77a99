import { once } from 'node:events';
import type { Writable } from 'node:stream';
import * as ws from 'ws';

interface FrameReaderOptions {
  /** Whose frames are read. */
  from: 'client' | 'upstream';
  /** `Sec-WebSocket-Extensions` as the upstream agreed to it. */
  extensions: string | undefined;
  maxBytes: number;
  /** A whole text message. */
  onText(text: string): void;
}

export interface FrameReader {
  /** How many bytes wait to be read. */
  readonly waiting: number;
  push(bytes: Buffer): void;
  /** Resolves once everything was read, or could not be. */
  end(): Promise<void>;
}

interface Deflate {
  params: unknown;
  normalizeParams(params: unknown): unknown;
  cleanup(): void;
}

/** Parts of the library that its types leave out: they read frames without a socket of their own. */
const { Receiver, PerMessageDeflate, extension } = ws as unknown as {
  Receiver: new (options: object) => Writable;
  PerMessageDeflate: new (options: object) => Deflate;
  extension: { parse(header: string): Record<string, unknown> };
};

/** Reads the messages out of a copy of one direction's bytes. What it can't read it passes over from there on. */
export function createFrameReader({ from, extensions, maxBytes, onText }: FrameReaderOptions): FrameReader {
  const isServer = from === 'client';
  const agreed = extensions === undefined ? undefined : extension.parse(extensions)['permessage-deflate'];
  const deflate = agreed === undefined ? undefined : new PerMessageDeflate({ isServer, maxPayload: maxBytes });
  if (deflate) deflate.params = firstOf(deflate.normalizeParams(agreed));
  const receiver = new Receiver({
    isServer,
    maxPayload: maxBytes,
    extensions: deflate ? { 'permessage-deflate': deflate } : {},
  });
  let waiting = 0;
  receiver.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) onText(data.toString('utf8'));
  });
  receiver.on('error', () => receiver.destroy());
  return {
    get waiting() {
      return waiting;
    },
    push(bytes) {
      if (receiver.destroyed) return;
      waiting += bytes.length;
      receiver.write(bytes, () => {
        waiting -= bytes.length;
      });
    },
    async end() {
      if (!receiver.destroyed) {
        receiver.end();
        await Promise.race([once(receiver, 'finish'), once(receiver, 'close')]).catch(() => undefined);
      }
      deflate?.cleanup();
    },
  };
}

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
