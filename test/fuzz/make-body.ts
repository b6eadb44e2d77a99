/** From a JSON value to the bytes of a request: mutated, written oddly, encoded oddly. */
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { isObject } from '../../src/json/is-object.ts';
import { listWords } from '../contract/list-words.ts';
import { mutateJson } from '../contract/mutate-json.ts';
import type { CaseRandom } from './case-random.ts';
import { strangers } from './values.ts';

const words = listWords();

/** Changes a value at up to three places; half of the values stay as they are. */
export function mutate(value: unknown, random: CaseRandom): unknown {
  let changed = value;
  if (random.once(2)) return changed;
  for (let count = 1 + random(3); count > 0; count--) changed = mutateJson(changed, random, words);
  if (isObject(changed) && random.once(3)) changed[random.pick(words)] = structuredClone(random.pick(strangers));
  return changed;
}

/** JSON text, at times not quite JSON, or JSON that few writers produce. */
export function writeJson(value: unknown, random: CaseRandom): string {
  const text = JSON.stringify(value) ?? 'null';
  if (!random.once(4)) return text;
  const member = (name: string, json: string) => (text.startsWith('{') ? text.replace('{', `{${name}:${json},`) : text);
  switch (random(20)) {
    case 0:
      return member('"__proto__"', '{"input":"x","toString":1}');
    case 1:
      return text.replace('}', ',"input":"second","input":3}');
    case 2:
      return `\ufeff${text}`;
    case 3:
      return text.slice(0, random(text.length + 1));
    case 4:
      return `${text}${random.pick([',', '}', ' x', '\u0000', text])}`;
    case 5:
      return text.replaceAll(
        /:(\d+)/g,
        `:${random.pick(['-0', '1e400', '-1e400', '01', '1.', 'NaN', '1e-400', '0x1'])}`,
      );
    case 6:
      return member('"x"', `${'['.repeat(random.pick([10, 255, 256, 5_000]))}`);
    case 7: {
      const levels = random.pick([10, 250, 256, 257, 3_000]);
      return member('"x"', `${'[{"a":'.repeat(levels)}1${'}]'.repeat(levels)}`);
    }
    case 8:
      return member('"metadata"', '{"a":"\\ud800","\\udfff":"\\u0000"}');
    case 9:
      return member('"instructions"', '"\\u0000\\ud800"');
    case 10:
      return text.replaceAll('"', "'");
    case 11:
      return `/* a comment */${text}`;
    case 12:
      return text.replaceAll(/[{,]/g, '$&\n\t\r ');
    case 13:
      return random.pick(['', ' ', 'null', '[]', '""', '0', 'true', '{}', '[{}]', '{"":""}', '"\\u"', '-']);
    case 14:
      return member('"input"', `[${'"",'.repeat(random.pick([10, 1_000, 20_000]))}""]`);
    case 15:
      return member(
        '"messages"',
        `[${'{"role":"user","content":"a"},'.repeat(500)}{"role":"user","content":"/say x"}]`,
      );
    case 16:
      return member('"metadata"', `{${Array.from({ length: 40 }, (_, index) => `"k${index}":"v"`).join(',')}}`);
    case 17:
      return member(`"${'k'.repeat(50_000)}"`, '1');
    case 18:
      return member('"max_output_tokens"', random.pick(['1e308', '-0', '0.5', '18446744073709551616', '1e0']));
    default:
      return text.replaceAll('a', '\\u0061');
  }
}

export interface EncodedBody {
  bytes: Buffer;
  headers: Record<string, string>;
}

const encoders: Record<string, (bytes: Buffer) => Buffer> = {
  gzip: (bytes) => gzipSync(bytes),
  br: (bytes) => brotliCompressSync(bytes),
  zstd: (bytes) => zstdCompressSync(bytes),
  deflate: (bytes) => deflateSync(bytes),
};

/** Bytes with the headers that describe them, truthfully for the most part. */
export function encodeBody(text: string, random: CaseRandom): EncodedBody {
  let bytes: Buffer = Buffer.from(text);
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (random.once(30)) headers['content-type'] = random.pick(contentTypes);
  if (random.once(60)) delete headers['content-type'];
  if (random.once(40)) bytes = breakBytes(bytes, random);
  if (!random.once(8)) return { bytes, headers };
  const encoding = random.pick(Object.keys(encoders));
  headers['content-encoding'] = encoding;
  bytes = encoders[encoding]?.(bytes) ?? bytes;
  switch (random(9)) {
    case 0:
      bytes = bytes.subarray(0, random(bytes.length));
      break;
    case 1:
      headers['content-encoding'] = random.pick([
        ...Object.keys(encoders),
        'identity',
        'x-gzip',
        'nonsense',
        '',
        'GZIP',
      ]);
      break;
    case 2:
      bytes = gzipSync(bytes);
      headers['content-encoding'] = `${encoding}, gzip`;
      break;
    case 3:
      bytes = Buffer.concat([bytes, Buffer.from('rest')]);
      break;
    case 4:
      bytes = breakBytes(bytes, random);
      break;
    case 5:
      bytes = deflateRawSync(text);
      headers['content-encoding'] = 'deflate';
      break;
    default:
  }
  return { bytes, headers };
}

const contentTypes = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/json; charset=nonsense',
  'application/json;;;',
  'application/problem+json',
  'APPLICATION/JSON',
  '*/*',
  'json',
  '',
];

function breakBytes(bytes: Buffer, random: CaseRandom): Buffer {
  const copy = Buffer.from(bytes);
  for (let count = 1 + random(3); count > 0 && copy.length > 0; count--) {
    copy[random(copy.length)] = random.pick([0xff, 0xc3, 0x80, 0x00, 0xed, 0xf8]);
  }
  return copy;
}
