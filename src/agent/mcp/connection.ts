import { Client, type PriorDiscovery, SdkHttpError } from '@modelcontextprotocol/client';
import type { buildConnector } from 'undici';
import { limits } from '../../config/limits.ts';
import type { McpEndpoint, McpProgram } from '../../config/mcp/mcp-config.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { ToolCallOptions, ToolResult } from '../loop/tool-session.ts';
import { type Answers, answerQuestions } from './answer-questions.ts';
import { openTransport, type ServerTransport } from './open-transport.ts';
import { Questions } from './questions.ts';
import { readTools, type ToolList } from './read-tools.ts';
import { toConfirmationResult, toErrorResult, toToolResult } from './to-tool-result.ts';

export interface ConnectionOptions {
  reach: McpProgram | McpEndpoint;
  /** Decides which addresses may be reached. Default: any. */
  connect?: buildConnector.connector | undefined;
  /** What an earlier connection learnt about the server. A program is then started once, not twice. */
  prior?: PriorDiscovery | undefined;
  /** The version of Talaria, for the server. */
  version: string;
  /** Called with each line that a program writes to standard error. */
  onLine: (line: string) => void;
  /** Called with the number of tools that a list leaves out, because they are too large or too many. */
  onOmitted: (tools: number) => void;
  signal: AbortSignal;
}

interface ConnectionParts extends Pick<ConnectionOptions, 'onOmitted'> {
  client: Client;
  server: ServerTransport;
  questions: Questions;
}

/** One live connection to an MCP server. */
export class Connection implements AsyncDisposable {
  readonly #client: Client;
  readonly #server: ServerTransport;
  readonly #questions: Questions;
  readonly #onOmitted: (tools: number) => void;
  /** Fails what waits for the server. */
  readonly #waiting = new Set<(error: Error) => void>();
  #list: Promise<ToolList> | undefined;
  #listedAt = 0;
  #onBreak: (error: Error) => void = () => undefined;

  private constructor({ client, server, questions, onOmitted }: ConnectionParts) {
    this.#client = client;
    this.#server = server;
    this.#questions = questions;
    this.#onOmitted = onOmitted;
  }

  /** Connects, and asks which revision of the protocol the server speaks. Rejects when it cannot be used. */
  static async open(options: ConnectionOptions): Promise<Connection> {
    const { version, prior, signal } = options;
    const questions = new Questions();
    const client = new Client(
      { name: 'talaria', version },
      {
        capabilities: { elicitation: { form: {} } },
        versionNegotiation: { mode: 'auto', probe: { timeoutMs: limits.mcpProbeMs } },
        inputRequired: { autoFulfill: false },
        listChanged: { tools: { autoRefresh: false, debounceMs: 0, onChanged: () => connection?.forgetTools() } },
      },
    );
    client.setRequestHandler('elicitation/create', ({ params }) => questions.decline(params.message));
    const onOverflow = (error: Error) => {
      if (connection) connection.#break(error);
    };
    const server = openTransport(options.reach, { ...options, onOverflow });
    client.onerror = (error) => {
      if (/ReadBuffer exceeded/.test(error.message)) onOverflow(error);
    };
    let connection: Connection | undefined;
    try {
      await client.connect(server.transport, { signal, timeout: limits.mcpConnectMs, ...omitUndefined({ prior }) });
    } catch (error) {
      await client.close().catch(() => undefined);
      await server.dispose();
      throw error;
    }
    const { onOmitted } = options;
    connection = new Connection({ client, server, questions, onOmitted });
    return connection;
  }

  /** What the next connection to the server may rely on. */
  get prior(): PriorDiscovery {
    const discover = this.#client.getDiscoverResult();
    return discover ? { kind: 'modern', discover } : { kind: 'legacy' };
  }

  /** Calls a function once when the connection ends, except by disposal. */
  onEnd(callback: (error: unknown) => void): void {
    this.#client.onclose = () => callback(undefined);
    this.#onBreak = callback;
  }

  forgetTools(): void {
    this.#list = undefined;
  }

  /** Lists the tools. The list is read again when the server says that it changed, and now and then. */
  list(): Promise<ToolList> {
    const age = performance.now() - this.#listedAt;
    if (this.#list !== undefined && age < limits.mcpListAgeMs) return this.#list;
    this.#listedAt = performance.now();
    // Not the signal of one run: others wait for the same list.
    const list = this.#unlessBroken(() => readTools(this.#client, AbortSignal.timeout(limits.mcpListMs)));
    this.#list = list;
    list.then(
      ({ omitted }) => omitted > 0 && this.#onOmitted(omitted),
      () => {
        if (this.#list === list) this.#list = undefined;
      },
    );
    return list;
  }

  /** Calls a tool. Rejects when the server fails; a failure that the tool reports is a result. */
  async call(
    name: string,
    args: Record<string, unknown>,
    { signal, onProgress, isApproved = false, headers, timeoutMs }: ToolCallOptions & { timeoutMs: number },
  ): Promise<ToolResult> {
    const definition = (await this.#list?.catch(() => undefined))?.tools.find((tool) => tool.name === name);
    using asked = this.#questions.listen();
    // Programs have no headers: revision 2026-07-28 reserves these names in `_meta` for all transports.
    const traced = headers === undefined ? {} : { _meta: { ...headers } };
    const send = (answers: Answers) =>
      this.#client.callTool(
        { name, arguments: args, ...traced, ...answers },
        {
          signal,
          onprogress: ({ progress, ...rest }) => onProgress({ progress, ...omitUndefined(rest) }),
          timeout: timeoutMs,
          resetTimeoutOnProgress: true,
          maxTotalTimeout: Math.max(timeoutMs, limits.mcpCallTotalMs),
          allowInputRequired: true,
          ...omitUndefined({ headers }),
          // Selects the headers that stand for arguments. Without an output schema, the result is not checked: the schema
          // is a program of the server, and the model reads any result.
          ...(definition ? { toolDefinition: toDefinition(definition) } : {}),
        },
      );
    const outcome = await this.#unlessBroken(() => answerQuestions(send, isApproved));
    if ('confirmation' in outcome) return toConfirmationResult(outcome.confirmation);
    if ('declined' in outcome)
      return toErrorResult(`The tool asked for input, which was declined: ${outcome.declined}`);
    const read = toToolResult(outcome.result);
    return asked.messages.length === 0 ? read : { ...read, content: [...read.content, asked.toPart()] };
  }

  /** Settles as the work does, or rejects as soon as the connection breaks. */
  async #unlessBroken<Value>(work: () => Promise<Value>): Promise<Value> {
    // Not one promise for all: a race would keep each result until the connection ends.
    const { promise: broken, reject } = Promise.withResolvers<never>();
    this.#waiting.add(reject);
    try {
      return await Promise.race([work(), broken]);
    } finally {
      this.#waiting.delete(reject);
    }
  }

  #break(error: Error): void {
    for (const reject of this.#waiting) reject(error);
    this.#onBreak(error);
  }

  /** Whether an error means that the server has lost the session, so that a request to it had no effect. */
  hasLostSession(error: unknown): boolean {
    const hasSession = this.#server.transport.sessionId !== undefined;
    return hasSession && error instanceof SdkHttpError && (error.status === 404 || error.status === 400);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.onclose = () => undefined;
    await this.#server.endSession();
    await this.#client.close().catch(() => undefined);
    await this.#server.dispose();
  }
}

const toDefinition = ({ name, inputSchema }: ToolList['tools'][number]) => ({
  name,
  inputSchema: { ...inputSchema, type: 'object' as const },
});
