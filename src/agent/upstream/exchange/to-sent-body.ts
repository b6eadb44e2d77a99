import { Readable } from 'node:stream';
import { limits } from '../../../config/limits.ts';

interface SentBody {
  headers: string[];
  body: Buffer | Readable;
}

/**
 * Returns the body and headers of one attempt. A large body becomes a stream: undici retains a Buffer until the answer
 * has ended, which may take minutes, but releases the chunks of a stream once they are sent.
 */
export function toSentBody(bytes: Buffer, headers: string[]): SentBody {
  if (bytes.length <= limits.largeBodyBytes) return { headers, body: bytes };
  return { headers: [...headers, 'content-length', `${bytes.length}`], body: toStream(bytes) };
}

function toStream(bytes: Buffer): Readable {
  let unsent: Buffer | null = bytes;
  return new Readable({
    read() {
      const chunk = unsent;
      unsent = null;
      this.push(chunk);
    },
  });
}
