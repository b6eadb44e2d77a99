import { once } from 'node:events';
import type { Writable } from 'node:stream';
import * as ws from 'ws';

interface FrameReaderOptions {
  /** The sender of the frames. */
  from: 'client' | 'upstream';
  /** `Sec-WebSocket-Extensions` of the upstream's reply. */
  extensions: string | undefined;
  maxBytes: number;
  /** Receives each complete text message. */
  onText(text: string): void;
}

export interface FrameReader {
  /** Bytes queued for reading. */
  readonly queued: number;
  push(bytes: Buffer): void;
  /** Resolves when everything was read, or after an error. */
  end(): Promise<void>;
}

interface Deflate {
  params: unknown;
  normalizeParams(params: unknown): unknown;
  cleanup(): void;
}

/** Classes that the library's types omit. They read frames without a socket. */
const { Receiver, PerMessageDeflate, extension } = ws as unknown as {
  Receiver: new (options: object) => Writable;
  PerMessageDeflate: new (options: object) => Deflate;
  extension: { parse(header: string): Record<string, unknown> };
};

/** Reads the text messages from a copy of one direction's bytes. Ignores everything after the first invalid frame. */
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
  let queued = 0;
  receiver.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) onText(data.toString('utf8'));
  });
  receiver.on('error', () => receiver.destroy());
  return {
    get queued() {
      return queued;
    },
    push(bytes) {
      if (receiver.destroyed) return;
      queued += bytes.length;
      receiver.write(bytes, () => {
        queued -= bytes.length;
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
