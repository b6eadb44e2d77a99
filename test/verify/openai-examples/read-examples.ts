import { readFileSync } from 'node:fs';

/** A reply that OpenAI publishes as an example. */
export interface PublishedExample {
  name: string;
  /** `METHOD PATH MEDIA-TYPE`, or `error`. A stream has one entry for each event. */
  reply: string;
  /** The document that publishes it. */
  source: string;
  value: unknown;
}

/** Reads the examples, quoted verbatim from OpenAI's public contract and API reference. */
export function readExamples(): PublishedExample[] {
  return JSON.parse(readFileSync(new URL('replies.json', import.meta.url), 'utf8'));
}
