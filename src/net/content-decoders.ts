import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';

/** RFC 9659 limits the window to 8 MB. By default a decoder allocates up to 128 MB if a client asks for it. */
const zstdWindow = { params: { [constants.ZSTD_d_windowLogMax]: 23 } };

/** Decoders by name of `Content-Encoding` (RFC 9110, 8.4.1). A map: a peer may send `constructor` as the name. */
export const contentDecoders: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
  ['zstd', () => createZstdDecompress(zstdWindow)],
]);
