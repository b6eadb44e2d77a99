import { hash } from 'node:crypto';
import { createSessionId } from '../../ids.ts';

const scopedId = /^sess_([0-9a-f]{32})([0-9a-f]{16})$/;

/**
 * Returns the id under which agents know a session. It depends on the tenant: tenants that use the same words or the same
 * id never share a session of the agent. A scoped id is returned as it is to its own tenant, because agents send it back.
 */
export function scopeSession(tenant: string, id: string): string {
  const [, known, proof] = scopedId.exec(id) ?? [];
  if (known !== undefined && proof === toProof(tenant, known)) return id;
  const core = digest(`${tenant}\0${id}`).slice(0, 32);
  return `sess_${core}${toProof(tenant, core)}`;
}

/** Creates a session id for the tenant, in the form that agents receive. */
export function createScopedSession(tenant: string): string {
  const id = createSessionId();
  return `${id}${toProof(tenant, id.slice('sess_'.length))}`;
}

const toProof = (tenant: string, core: string): string => digest(`${tenant}\0scoped\0${core}`).slice(0, 16);

const digest = (text: string): string => hash('sha256', text, 'hex');
