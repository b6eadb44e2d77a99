import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';

/** RFC 9659: at most 8 MB. A decoder would take 128 MB at a client's word. */
const zstdWindow = { params: { [constants.ZSTD_d_windowLogMax]: 23 } };

/** By the names of `Content-Encoding` (RFC 9110, 8.4.1). A map: the name is a peer's word, and an object knows `constructor`. */
export const contentDecoders: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
  ['zstd', () => createZstdDecompress(zstdWindow)],
]);
