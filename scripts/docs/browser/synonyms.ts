/** Words that readers use and the docs don't, and where they are answered: addresses relative to /docs/. */
export const synonyms: readonly (readonly [phrases: readonly string[], addresses: readonly string[]])[] = [
  [
    ['history', 'memory', 'thread', 'threads', 'session', 'sessions', 'multi turn', 'fork', 'branch'],
    ['guide/state', 'api/createResponse#request.previous_response_id', 'api/createConversation'],
  ],
  [
    ['context window', 'summarize', 'summarise', 'compact'],
    ['api/compactResponse', 'api/countInputTokens'],
  ],
  [['sse', 'server sent events', 'eventsource', 'deltas', 'chunks'], ['guide/streaming']],
  [['realtime', 'socket', 'ws'], ['guide/websocket']],
  [
    ['reconnect', 'replay', 'resume', 'lost connection', 'last event id'],
    ['guide/resuming', 'api/getResponse#parameters.starting_after'],
  ],
  [
    ['abort', 'cancel', 'stop', 'kill', 'interrupt'],
    ['api/cancelResponse', 'guide/background', 'api/cancelRun'],
  ],
  [
    ['api key', 'api keys', 'token', 'auth', 'authentication', 'authorization', 'bearer', 'login', 'password', '401'],
    ['configuration#API_SERVER_KEY', 'guide/limits-and-tenants', 'guide/errors#invalid_api_key'],
  ],
  [
    ['403', 'cors', 'origin'],
    ['guide/errors#origin_not_allowed', 'guide/errors#host_not_allowed'],
  ],
  [['404'], ['guide/errors#not_found', 'guide/errors#model_not_found']],
  [['409'], ['guide/errors#conversation_locked', 'guide/errors#idempotency_key_conflict']],
  [
    ['429', 'rate limit', 'rate limits', 'too many requests', 'throttle', 'quota', 'backoff'],
    ['guide/errors#rate_limit_exceeded', 'guide/limits-and-tenants'],
  ],
  [
    ['json mode', 'json schema', 'json output', 'response_format', 'response format', 'pydantic', 'zod'],
    ['guide/structured-outputs'],
  ],
  [['callback', 'callbacks', 'webhook', 'webhooks', 'hook', 'notification', 'notify'], ['guide/webhooks']],
  [['poll', 'polling', 'async', 'long running', 'queue', 'job', 'jobs'], ['guide/background']],
  [['retry', 'retries', 'retrying', 'duplicate', 'backoff', 'exactly once'], ['guide/idempotency']],
  [['users', 'multi tenant', 'multitenancy', 'organization', 'team'], ['guide/limits-and-tenants']],
  [['function calling', 'function call', 'functions', 'tool calling', 'tool use'], ['guide/tools']],
  [['human in the loop', 'confirm', 'permission', 'consent'], ['guide/approvals']],
  [['mcp server', 'mcp servers', 'model context protocol'], ['guide/mcp']],
  [['thinking', 'chain of thought', 'reasoning'], ['api/createResponse#request.reasoning']],
  [['system prompt', 'prompt', 'system message'], ['api/createResponse#request.instructions']],
  [['max_tokens', 'max tokens', 'token limit'], ['api/createResponse#request.max_output_tokens']],
  [['count tokens', 'tokenizer', 'token count'], ['api/countInputTokens']],
  [['mock', 'fake', 'stub', 'offline', 'test double'], ['offline-agent']],
  [['fixture', 'fixtures', 'vcr', 'cassette', 'snapshot'], ['record']],
  [
    ['conformance', 'compatibility', 'compliance'],
    ['verify', 'support'],
  ],
  [['nginx', 'caddy', 'reverse proxy', 'https', 'tls', 'certificate'], ['operations']],
  [['docker', 'kubernetes', 'systemd', 'deploy', 'install', 'backup', 'upgrade'], ['operations']],
  [['env', 'environment variable', 'environment variables', 'settings', 'options', 'config'], ['configuration']],
  [
    ['database', 'postgres', 'postgresql', 'sqlite'],
    ['configuration#STORE_URL', 'operations'],
  ],
  [['prometheus', 'grafana', 'opentelemetry', 'tracing', 'logs', 'logging', 'alerts'], ['monitoring']],
  [
    ['dashboard', 'admin', 'ui'],
    ['guide/console', 'monitoring'],
  ],
  [
    ['ollama', 'vllm', 'llama.cpp', 'lm studio', 'openrouter', 'provider', 'providers'],
    ['upstreams', 'agents'],
  ],
  [['backend', 'langgraph', 'langchain', 'framework'], ['agents']],
  [['generate client', 'client library', 'codegen', 'openapi generator'], ['sdk']],
  [['swagger', 'playground', 'try'], ['try']],
  [['vulnerability', 'threat model', 'hardening'], ['security']],
];

/** Returns where the phrases of a query are answered. Longer phrases come first. */
export function findAnswers(query: string): string[] {
  const text = ` ${query
    .toLowerCase()
    .replaceAll(/[\s-]+/g, ' ')
    .trim()} `;
  const said = synonyms.flatMap(([phrases, addresses]) =>
    phrases.flatMap((phrase) => (text.includes(` ${phrase} `) ? [{ phrase, addresses }] : [])),
  );
  return said.toSorted((one, other) => other.phrase.length - one.phrase.length).flatMap(({ addresses }) => addresses);
}
