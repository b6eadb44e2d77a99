import { limits } from '../../config/limits.ts';
import type { AgentClient, AgentEventBatch, AgentRequest, RunOptions } from '../agent-client.ts';
import { ReleasingAnswer } from '../releasing-answer.ts';
import { missingToolChoice } from '../request/select-tool.ts';
import { findHosted } from './find-hosted.ts';
import { type ListOptions, listServers } from './list-servers.ts';
import { Loop } from './loop.ts';
import type { LoopRequest, RequestedServer } from './loop-request.ts';
import { LoopState } from './loop-state.ts';
import { OfferedTools } from './offered-tools.ts';
import type { ToolServers, ToolSession } from './tool-session.ts';

export interface LoopOptions {
  /** The agent's name. */
  name: string;
  servers: ToolServers;
  /** Calls of the model in one run. */
  maxIterations: number;
  /** The most text of all replies and results of one run. */
  answerBytes: number;
  log: { warn(details: object, message: string): void };
  /** Milliseconds between two progress events of one call. */
  progressMs?: number;
}

/**
 * Wraps an agent so that the server runs the tools of MCP servers for it, in a loop. A request without such tools, and
 * without a journal, goes to the agent as it is.
 */
export function withLoop(agent: AgentClient, options: LoopOptions): AgentClient {
  const starter = new LoopStarter(agent, options);
  return {
    models: (modelOptions) => agent.models(modelOptions),
    ...(agent.speaksResponses ? { speaksResponses: agent.speaksResponses } : {}),
    run(request, runOptions) {
      const isPlain = runOptions.loop?.journal === undefined && !usesTools(request, options.servers);
      return isPlain ? agent.run(request, runOptions) : starter.start(request, runOptions);
    },
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
  };
}

function usesTools({ loop }: AgentRequest, { ofAgent, hosted }: ToolServers): boolean {
  if (ofAgent.length > 0) return true;
  if (!loop) return false;
  return loop.servers.length > 0 || loop.approvals.length > 0 || (loop.hosted.length > 0 && hosted.size > 0);
}

/** Throws an ApiError if the tool that a client requires is not offered. A hosted tool's server may be down. */
function checkChoice(choice: LoopRequest['choice'], offered: OfferedTools): void {
  if (!choice || 'hosted' in choice || offered.namesOf(choice).length > 0) return;
  throw missingToolChoice(choice.tool ?? choice.server);
}

class LoopStarter {
  readonly #agent: AgentClient;
  readonly #options: LoopOptions;
  /** The tools of which the log says that they are not offered. */
  readonly #reported = new Set<string>();

  constructor(agent: AgentClient, options: LoopOptions) {
    this.#agent = agent;
    this.#options = options;
  }

  /** Resolves once the model has accepted the first request. */
  async start(request: AgentRequest, options: RunOptions): Promise<AsyncIterable<AgentEventBatch>> {
    const stop = new AbortController();
    const signal = AbortSignal.any([options.signal, stop.signal]);
    const session = this.#options.servers.open();
    const release = () => {
      signal.removeEventListener('abort', release);
      stop.abort();
      void this.#close(session);
    };
    // The answer may never be read.
    signal.addEventListener('abort', release, { once: true });
    try {
      const loop = await this.#prepare(request, { ...options, signal }, session);
      return new ReleasingAnswer(loop.run(), release);
    } catch (error) {
      release();
      throw error;
    }
  }

  async #prepare(request: AgentRequest, options: RunOptions, session: ToolSession): Promise<Loop> {
    const { maxIterations, answerBytes, servers: toolServers, progressMs = limits.toolProgressMs } = this.#options;
    const { signal } = options;
    const state = new LoopState(options.loop?.journal);
    const own = request.loop?.servers ?? [];
    const requested = new Set(own.map(({ label }) => label));
    const servers = [...own, ...toolServers.ofAgent.filter(({ label }) => !requested.has(label))];
    const onFailure = (server: RequestedServer, err: unknown) =>
      this.#warn({ err, server: server.label }, 'failed to list tools of an MCP server');
    const listOptions: ListOptions = { session, state, signal, requested, onFailure };
    const [lists, hosted] = await Promise.all([
      listServers(servers, listOptions),
      findHosted(request.loop?.hosted ?? [], toolServers.hosted, listOptions),
    ]);
    const canApprove = request.loop?.showsItems === true && options.loop?.approvals !== undefined;
    const taken = request.tools.map(({ name }) => name);
    const offered = new OfferedTools(lists.servers, hosted, { taken, canApprove, waivers: request.loop?.waivers });
    this.#reportWithheld(offered);
    if (state.isFresh && !lists.failure) checkChoice(request.loop?.choice, offered);
    const labels = new Set(servers.map(({ label }) => label));
    const agent = this.#agent;
    const parts = { agent, request, options, session, state, lists, offered, labels };
    const loop = new Loop({ ...parts, maxIterations, answerBytes, progressMs });
    await loop.prepare();
    return loop;
  }

  async #close(session: ToolSession): Promise<void> {
    try {
      await session[Symbol.asyncDispose]();
    } catch (err) {
      this.#warn({ err }, 'failed to close MCP session');
    }
  }

  #reportWithheld({ withheld }: OfferedTools): void {
    for (const { server, tool } of withheld) {
      const key = `${server.label}\0${tool.name}`;
      // A server of a request has a label of the client's: the log would grow with each.
      if (server.url !== undefined || this.#reported.has(key)) continue;
      this.#reported.add(key);
      this.#warn({ server: server.label, tool: tool.name }, 'not offering a tool that needs approval');
    }
  }

  #warn(details: object, message: string): void {
    this.#options.log.warn({ agent: this.#options.name, ...details }, message);
  }
}
