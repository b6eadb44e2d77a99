import { Router } from 'express';
import type { Contract } from '../../contract/load-contract.ts';
import { serveConsole } from './serve-console.ts';
import { serveDocuments } from './serve-documents.ts';

/** Returns the routes of the contract's documents, the docs and the console. */
export function createSite(contract: Contract): Router {
  return Router().use(serveDocuments(contract), serveConsole());
}
