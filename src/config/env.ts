/** The variables of the settings of the agent of `AGENT_URL`, by their names in the configuration file. */
const agentVariables = {
  api: 'AGENT_API',
  headers: 'AGENT_HEADERS',
  session_header: 'AGENT_SESSION_HEADER',
  extra_body: 'AGENT_EXTRA_BODY',
  pass_fields: 'AGENT_PASS_FIELDS',
  omit_fields: 'AGENT_OMIT_FIELDS',
  max_tokens_field: 'AGENT_MAX_TOKENS_FIELD',
  reasoning_field: 'AGENT_REASONING_FIELD',
  system_role: 'AGENT_SYSTEM_ROLE',
  max_runs: 'AGENT_MAX_RUNS',
  proxy: 'AGENT_PROXY',
  ca_file: 'AGENT_CA_FILE',
  retries: 'AGENT_RETRIES',
  models: 'AGENT_MODELS',
  structured_outputs: 'AGENT_STRUCTURED_OUTPUTS',
  upstream_stream: 'AGENT_UPSTREAM_STREAM',
  upstream_state: 'AGENT_UPSTREAM_STATE',
  max_iterations: 'AGENT_MAX_ITERATIONS',
} as const;

/** Other names of these variables, which Hermes uses. */
const aliases: Readonly<Record<string, string>> = { AGENT_MAX_ITERATIONS: 'HERMES_MAX_ITERATIONS' };

type AgentVariableName = keyof typeof agentVariables;

/** The variables of OpenTelemetry. */
const otelVariables = {
  isDisabled: 'OTEL_SDK_DISABLED',
  endpoint: 'OTEL_EXPORTER_OTLP_ENDPOINT',
  tracesEndpoint: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  protocol: 'OTEL_EXPORTER_OTLP_PROTOCOL',
  tracesProtocol: 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
  headers: 'OTEL_EXPORTER_OTLP_HEADERS',
  tracesHeaders: 'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
  serviceName: 'OTEL_SERVICE_NAME',
  resourceAttributes: 'OTEL_RESOURCE_ATTRIBUTES',
  sampler: 'OTEL_TRACES_SAMPLER',
  samplerArgument: 'OTEL_TRACES_SAMPLER_ARG',
  captureContent: 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT',
} as const;

/** Variables that its exporter itself reads, and would ignore if they were invalid. */
const exporterVariables = [
  'OTEL_EXPORTER_OTLP_TIMEOUT',
  'OTEL_EXPORTER_OTLP_TRACES_TIMEOUT',
  'OTEL_EXPORTER_OTLP_COMPRESSION',
  'OTEL_EXPORTER_OTLP_TRACES_COMPRESSION',
  'OTEL_BSP_SCHEDULE_DELAY',
  'OTEL_BSP_EXPORT_TIMEOUT',
  'OTEL_BSP_MAX_QUEUE_SIZE',
  'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
];

type OtelVariableName = keyof typeof otelVariables;

/** Variables with which a child process reaches the network as this process does. */
const networkVariables = [
  ...['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
];

/** The raw environment variables: unchecked, without defaults. This file alone reads `process.env`. */
export interface Environment {
  configFile: string | undefined;
  host: string | undefined;
  port: string | undefined;
  workers: string | undefined;
  key: string | undefined;
  operatorKey: string | undefined;
  corsOrigins: string | undefined;
  agentUrl: string | undefined;
  agentApiKey: string | undefined;
  agentModel: string | undefined;
  rulesStrict: string | undefined;
  storeUrl: string | undefined;
  retentionDays: string | undefined;
  carryInstructions: string | undefined;
  validateOutput: string | undefined;
  logLevel: string | undefined;
  bodyBytes: string | undefined;
  keepAliveMs: string | undefined;
  shutdownMs: string | undefined;
  maxRuns: string | undefined;
  maxQueuedRuns: string | undefined;
  runLeaseMs: string | undefined;
  runRecovery: string | undefined;
  streamLogHours: string | undefined;
  runRecordHours: string | undefined;
  journalEntries: string | undefined;
  bodyValues: string | undefined;
  bodyLevels: string | undefined;
  largeBodies: string | undefined;
  drainMs: string | undefined;
  stallMs: string | undefined;
  schemaBytes: string | undefined;
  schemaCheckMs: string | undefined;
  schemaCheckMegabytes: string | undefined;
  runTimeout: string | undefined;
  runAttempts: string | undefined;
  answerBytes: string | undefined;
  historyBytes: string | undefined;
  historyItems: string | undefined;
  approvalTimeout: string | undefined;
  agentFirstByteTimeout: string | undefined;
  agentIdleTimeout: string | undefined;
  agentConnectionTimeout: string | undefined;
  agentMcpServers: string | undefined;
  mcpRequestServers: string | undefined;
  mcpRequestOrigins: string | undefined;
  metricsHost: string | undefined;
  metricsPort: string | undefined;
  webhookUrl: string | undefined;
  webhookSecret: string | undefined;
  webhookAllowPrivate: string | undefined;
  httpProxy: string | undefined;
  httpsProxy: string | undefined;
  noProxy: string | undefined;
  /** Proxies and certificate authorities, by variable, for child processes. */
  network: Readonly<Record<string, string>>;
  /** The variables of OpenTelemetry that are set. */
  otel: Readonly<Partial<Record<OtelVariableName, string>>>;
  /** Those that its exporter reads, by variable. */
  exporter: Readonly<Record<string, string>>;
  /** The settings of the agent of `AGENT_URL` that are set. */
  agentSettings: Partial<Record<AgentVariableName, { variable: string; text: string }>>;
}

/** All variables of a process, for references in the configuration file. */
export type Variables = Readonly<Record<string, string | undefined>>;

export const readVariables = (): Variables => process.env;

/** Reads the variables. Of several names for one setting, the first non-empty one applies. */
export function readEnvironment(env: Variables = readVariables()): Environment {
  const read = (...names: string[]) => names.map((name) => env[name]?.trim()).find((value) => value);
  return {
    configFile: read('TALARIA_CONFIG'),
    host: read('API_SERVER_HOST'),
    port: read('API_SERVER_PORT'),
    workers: read('WORKERS'),
    key: read('API_SERVER_KEY'),
    operatorKey: read('API_SERVER_OPERATOR_KEY'),
    corsOrigins: read('API_SERVER_CORS_ORIGINS'),
    agentUrl: read('AGENT_URL'),
    agentApiKey: read('AGENT_API_KEY'),
    agentModel: read('AGENT_MODEL', 'HERMES_MODEL', 'LLM_MODEL'),
    rulesStrict: read('AGENT_RULES_STRICT'),
    storeUrl: read('STORE_URL'),
    retentionDays: read('RETENTION_DAYS'),
    carryInstructions: read('CARRY_INSTRUCTIONS'),
    validateOutput: read('VALIDATE_OUTPUT'),
    logLevel: read('LOG_LEVEL'),
    bodyBytes: read('API_SERVER_MAX_BODY_BYTES'),
    keepAliveMs: read('API_SERVER_KEEP_ALIVE_MS'),
    shutdownMs: read('API_SERVER_SHUTDOWN_MS'),
    maxRuns: read('MAX_RUNS'),
    maxQueuedRuns: read('MAX_QUEUED_RUNS'),
    runLeaseMs: read('RUN_LEASE_MS'),
    runRecovery: read('RUN_RECOVERY'),
    streamLogHours: read('STREAM_LOG_HOURS'),
    runRecordHours: read('RUN_RECORD_HOURS'),
    journalEntries: read('JOURNAL_ENTRIES'),
    bodyValues: read('API_SERVER_MAX_BODY_VALUES'),
    bodyLevels: read('API_SERVER_MAX_BODY_LEVELS'),
    largeBodies: read('API_SERVER_MAX_LARGE_BODIES'),
    drainMs: read('API_SERVER_DRAIN_MS'),
    stallMs: read('API_SERVER_STALL_MS'),
    schemaBytes: read('MAX_SCHEMA_BYTES'),
    schemaCheckMs: read('SCHEMA_CHECK_MS'),
    schemaCheckMegabytes: read('SCHEMA_CHECK_MB'),
    runTimeout: read('RUN_TIMEOUT'),
    runAttempts: read('RUN_ATTEMPTS'),
    approvalTimeout: read('APPROVAL_TIMEOUT'),
    answerBytes: read('MAX_ANSWER_BYTES'),
    historyBytes: read('MAX_HISTORY_BYTES'),
    historyItems: read('MAX_HISTORY_ITEMS'),
    agentFirstByteTimeout: read('AGENT_FIRST_BYTE_TIMEOUT'),
    agentIdleTimeout: read('AGENT_IDLE_TIMEOUT'),
    agentConnectionTimeout: read('AGENT_CONNECTION_TIMEOUT'),
    agentMcpServers: read('AGENT_MCP_SERVERS'),
    mcpRequestServers: read('MCP_REQUEST_SERVERS'),
    mcpRequestOrigins: read('MCP_REQUEST_ORIGINS'),
    metricsHost: read('METRICS_HOST'),
    metricsPort: read('METRICS_PORT'),
    webhookUrl: read('WEBHOOK_URL'),
    webhookSecret: read('WEBHOOK_SECRET'),
    webhookAllowPrivate: read('WEBHOOK_ALLOW_PRIVATE'),
    httpProxy: read('http_proxy', 'HTTP_PROXY'),
    httpsProxy: read('https_proxy', 'HTTPS_PROXY'),
    noProxy: read('no_proxy', 'NO_PROXY'),
    network: Object.fromEntries(networkVariables.flatMap((name) => toEntry(name, env[name]))),
    otel: Object.fromEntries(
      Object.entries(otelVariables).flatMap(([name, variable]) => toEntry(name, read(variable))),
    ),
    exporter: Object.fromEntries(exporterVariables.flatMap((name) => toEntry(name, read(name)))),
    agentSettings: readAgentSettings(read),
  };
}

const toEntry = (name: string, value: string | undefined): [string, string][] => (value ? [[name, value]] : []);

function readAgentSettings(read: (name: string) => string | undefined): Environment['agentSettings'] {
  const settings: Environment['agentSettings'] = {};
  for (const [name, variable] of Object.entries(agentVariables) as [AgentVariableName, string][]) {
    for (const alias of [aliases[variable], variable]) {
      const text = alias === undefined ? undefined : read(alias);
      if (alias !== undefined && text !== undefined) settings[name] = { variable: alias, text };
    }
  }
  return settings;
}
