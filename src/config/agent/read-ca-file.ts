import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SettingSource } from './setting-source.ts';

/** Returns the path of a PEM file. Throws a ConfigError if it cannot be read or has no certificate. */
export function readCaFile(source: SettingSource): string {
  const file = source.text();
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    return source.fail(`cannot read the file (${code})`);
  }
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs) ?? [];
  return blocks.length > 0 && blocks.every(isCertificate)
    ? file
    : source.fail('must be a PEM file with valid certificates');
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
