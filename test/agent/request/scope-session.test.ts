import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createScopedSession, scopeSession } from '../../../src/agent/request/scope-session.ts';

describe('the session id that agents receive', () => {
  it('is the same for the same tenant and session, and differs for others', () => {
    assert.equal(scopeSession('ana', 'chat'), scopeSession('ana', 'chat'));
    assert.notEqual(scopeSession('ana', 'chat'), scopeSession('ben', 'chat'));
    assert.notEqual(scopeSession('ana', 'chat'), scopeSession('ana', 'chat2'));
    assert.notEqual(scopeSession('a', 'b\0c'), scopeSession('a\0b', 'c\0'));
  });

  it('stays the same when an agent has sent it back', () => {
    const scoped = scopeSession('ana', 'chat');
    assert.equal(scopeSession('ana', scoped), scoped);
  });

  it('stays the same for a new session', () => {
    const scoped = createScopedSession('ana');
    assert.equal(scopeSession('ana', scoped), scoped);
    assert.notEqual(scopeSession('ben', scoped), scoped);
    assert.notEqual(createScopedSession('ana'), scoped);
  });

  it('never lets a tenant use the session of another', () => {
    const scoped = scopeSession('ana', 'chat');
    assert.notEqual(scopeSession('ben', scoped), scoped);
  });

  it('has only characters that headers, paths and file names accept', () => {
    assert.match(scopeSession('default', '../../etc/passwd'), /^sess_[0-9a-f]{48}$/);
  });
});
