import type { Schema } from '../../src/contract/schema.ts';
import type { ContractDocument, ListedOperation } from './contract/contract-document.ts';
import type { Verdicts } from './contract/read-support.ts';
import type { Document } from './documents.ts';
import type { Html } from './html.ts';
import type { Targets } from './links.ts';
import type { Code } from './markdown/code-block.ts';
import type { Anchor } from './markdown/render-markdown.ts';

/** The contents of the site, from which its pages are rendered. */
export interface Site {
  title: string;
  document: ContractDocument;
  operations: readonly ListedOperation[];
  schemas: Record<string, Schema>;
  /** The users of each schema: other schemas and operations. */
  uses: Map<string, string[]>;
  /** The schemas of each area. */
  areas: Map<string, string[]>;
  documents: readonly Document[];
  /** Verdicts of the support table by operation: `POST /v1/responses`. */
  support: ReadonlyMap<string, Verdicts>;
  /** Code samples by operation. */
  samples: ReadonlyMap<string, readonly Code[]>;
  /** The parts of the sidebar, in reading order. */
  sections: readonly Section[];
  targets: Targets;
  /** Addresses below /docs/ of the built scripts and styles, by name. */
  assets: ReadonlyMap<string, string>;
}

export interface Section {
  title: string;
  links: readonly SectionLink[];
}

export interface SectionLink {
  /** The path of the page below /docs/; empty for the first page. */
  path: string;
  title: string;
  method?: string;
}

export interface Page {
  path: string;
  title: string;
  main: Html;
  /** The parts listed under "On this page". */
  headings: readonly Anchor[];
}
