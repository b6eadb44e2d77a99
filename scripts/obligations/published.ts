import { readFileSync } from 'node:fs';
import type { Source } from '../../src/judge/obligations.ts';

/** A schema of a published contract, without descriptions and bounds. */
export interface PublishedSchema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  required?: string[];
  properties?: Record<string, PublishedSchema>;
  items?: PublishedSchema;
  additionalProperties?: PublishedSchema | boolean;
  anyOf?: PublishedSchema[];
  oneOf?: PublishedSchema[];
  allOf?: PublishedSchema[];
}

/** The replies of a published contract. */
export interface PublishedReplies {
  /** By `METHOD PATH MEDIA-TYPE`, without `/v1`: the schema of a 200 reply; null where the contract leaves it open. */
  roots: Record<string, PublishedSchema | null>;
  schemas: Record<string, PublishedSchema>;
}

export type Published = Record<Source, PublishedReplies>;

export const publishedPath = new URL('published-replies.json', import.meta.url);

export function readPublished(): Published {
  return JSON.parse(readFileSync(publishedPath, 'utf8'));
}
