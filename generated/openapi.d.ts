// Generated from openapi.yaml by scripts/generate.ts. Do not edit.

export interface paths {
    "/v1/responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a response
         * @description Runs one turn: the agent answers `input`, with tools if it needs them. Unless `store` is false, the response is
         *     stored, so that your next request only names it.
         *
         *     **State.** To continue an earlier response, send `previous_response_id`: its history comes first, then `input`.
         *     You can continue a response more than once; the branches are independent. Deleting a response doesn't affect
         *     those that continue it.
         *
         *     To use a conversation instead, send `conversation`: its items come first. When the response ends, `input` and
         *     output are appended to it in one step. A conversation runs one response at a time; a second one is refused with
         *     `409` and `conversation_locked`.
         *
         *     An `item_reference` in `input` refers to a stored item of any response or conversation.
         *
         *     **Tools.** When the model calls a function, the response ends with `function_call` items. Run them, then
         *     continue the response with one `function_call_output` per call, with the same `call_id`. An output whose call is
         *     neither in `input` nor in the history returns `400`. Calls that the agent ran itself are returned with their
         *     outputs.
         *
         *     Custom tools work the same way, with `custom_tool_call` and `custom_tool_call_output`. An agent that supports
         *     only functions receives a custom tool as a function with one text parameter, and the grammar in its description.
         *     Tools in a namespace are offered under one combined name; their calls are returned with `namespace` and `name`
         *     separate. You can also send tools in `input`, as `additional_tools`. The server enforces `tool_choice` and
         *     `parallel_tool_calls`: a call that isn't allowed never reaches you, and a turn without a required call fails.
         *
         *     **Structured outputs.** With a `text.format` of `json_schema` or `json_object`, the output is validated before
         *     the response ends. If it is invalid, the agent is retried once with the validation error; if it is invalid
         *     again, the response fails. A stream isn't retried, because its output has already been sent.
         *
         *     **Reasoning.** With `reasoning.encrypted_content` in `include`, `reasoning` items also carry their content
         *     sealed. If you keep the history yourself, send these items back unchanged. With `store: false`, a `reasoning`
         *     item without text follows each call that the server ran: it carries the call and its result to the next turn.
         *
         *     **Other forms.** Messages, content parts and nested tools of Chat Completions are also read here. So are an
         *     `image_url` as an object, `arguments` as an object, a tool's output as any JSON, and one item or part without
         *     its list. `any` as the `tool_choice` means `required`. Parameters of Chat Completions that have another name
         *     here, such as `response_format`, are refused with `unsupported_parameter` and the right name unless they are
         *     empty. Any other unknown field is ignored.
         *
         *     **Compaction.** To compact the history, send a `compaction_trigger` as the last item of `input`. The agent
         *     summarises everything before it, and the response completes with one `compaction` item and no answer. With a
         *     `compact_threshold` in `context_management`, compaction runs automatically above that number of tokens: the
         *     `compaction` item then comes before the answer, and replaces the history in later turns. See also
         *     `compactResponse`.
         *
         *     **Streaming.** Each event is a line `event: TYPE`, a line `data: JSON` with the same `type`, and an empty line.
         *     The stream begins with `response.created` and `response.in_progress`. Each output item starts with
         *     `response.output_item.added`, continues with deltas and ends with `response.output_item.done`; the joined deltas
         *     equal the finished item. The terminal event is one of `response.completed`, `response.incomplete` and
         *     `response.failed`; `data: [DONE]` follows it. The response is stored before its terminal event is sent, so you
         *     can continue it at once. `sequence_number` counts the events from 0. While nothing is ready, the server sends
         *     its head and comments to keep the connection open; a request that is refused after that ends in
         *     `response.failed`.
         *
         *     **Background.** With `background: true` the reply is the `queued` response, and the run continues whether or not
         *     a client is connected. Retrieve the response to poll it, stream it with
         *     `GET /v1/responses/{response_id}?stream=true`, or stop it with `cancelResponse`. Add `stream: true` to receive
         *     the events here from the start, including `response.queued`; if you lose the connection, resume with
         *     `getResponse`. Background responses require `store`.
         *
         *     **Idempotency.** A request with an `Idempotency-Key` runs at most once. If you send it again with the same body,
         *     you receive the finished response, wait for the running one, or receive its events from the first. The reply
         *     has `Idempotency-Replayed: true`. The run continues when you disconnect. With another body, the key is refused
         *     with `409` and `idempotency_key_conflict`. A key expires after 24 hours. A run that fails before it produces
         *     output releases its key. A later failure is replayed with its own status.
         *
         *     **WebSocket.** To run many turns over one connection, upgrade `GET /v1/responses` to a WebSocket. Send
         *     `WebSocketResponseCreate` frames; each event of the stream arrives in its own frame, without `[DONE]`. Turns run
         *     one at a time, in the order of their frames. The connection caches its latest responses, so
         *     `previous_response_id` also works with `store: false`; if a turn that continues a cached response fails, that
         *     response is dropped. A turn that can't start returns a `WebSocketErrorEvent`, and the connection stays usable.
         *     After 60 minutes the server sends such an error with the code `websocket_connection_limit_reached` and closes
         *     the connection. Any other upgrade returns `426`, except an offer of cleartext HTTP/2, which is ignored.
         */
        post: operations["createResponse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses/{response_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The response's ID. Malformed IDs return `404`, like unknown ones.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a response
         * @description Returns a stored response: as it ended, or its current state while it runs. Use it to poll a background
         *     response, or to follow its events from any position.
         *
         *     With `stream`, the stored events are replayed from the first, or from the one after `starting_after`, and new
         *     events follow until the response ends. Any number of clients can read them; sequence numbers, IDs and JSON are
         *     the same for all. Events expire 24 hours after the end; from then on, streaming is refused with `410` and
         *     `response_stream_expired`, while the response itself remains. A response that was created without `stream` and
         *     `background` is replayed with as few events as possible.
         */
        get: operations["getResponse"];
        put?: never;
        post?: never;
        /**
         * Delete a response
         * @description Deletes a response at once: it can no longer be retrieved or continued. Responses that continue it keep their
         *     history; data that no response depends on is erased. If the response runs in the background, it is stopped.
         */
        delete: operations["deleteResponse"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses/{response_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The response's ID. Malformed IDs return `404`, like unknown ones.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a response
         * @description Cancels a background response, whether queued or running. Returns it with the `status` `cancelled` and the
         *     output so far; its events end in `response.incomplete`. If it has already ended, it is returned unchanged. A
         *     response that doesn't run in the background ends when its client disconnects; cancelling it here returns `400`
         *     and `invalid_value`.
         */
        post: operations["cancelResponse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses/{response_id}/input_items": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The response's ID. Malformed IDs return `404`, like unknown ones.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List input items
         * @description Lists the items of a stored response's own `input`, newest first unless `order` is `asc`. Items from
         *     `previous_response_id` or a conversation aren't listed.
         */
        get: operations["listInputItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses/input_tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count input tokens
         * @description Counts the input tokens of a request without running it, including history, instructions and tools. Use it to
         *     check that a request fits the model before you send it. The server counts them itself, with a real tokenizer
         *     that may differ from the model's, and with a fixed number per image and file. `X-Talaria-Usage` is therefore
         *     `estimate`.
         */
        post: operations["countInputTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses/compact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compact a history
         * @description Compacts a long history so that it fits the model's context window again. The agent summarises the history. The
         *     summary, and any calls without outputs, are returned as one `compaction` item, sealed so that only this server
         *     can read it. System and developer messages come before it unchanged. Send `output` as the first items of the
         *     next response's `input`, without `previous_response_id`: the ID of a compaction isn't a response ID. Nothing is
         *     stored.
         */
        post: operations["compactResponse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a conversation
         * @description Creates a conversation, with up to 20 initial items. A response that names it in `conversation` reads its items
         *     and appends its own input and output. A conversation expires after the server's retention period, 30 days by
         *     default. Content that no agent can read (a file ID, a `file:` image URL, another server's encrypted content) is
         *     refused here, because no turn could use it.
         */
        post: operations["createConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The conversation's ID. Malformed IDs return `404`, like unknown ones.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a conversation
         * @description Returns a conversation with its `metadata`. Its items are in `listConversationItems`.
         */
        get: operations["getConversation"];
        put?: never;
        /**
         * Update a conversation
         * @description Replaces a conversation's `metadata`. Use it to label a conversation, for example with the ID of your user.
         */
        post: operations["updateConversation"];
        /**
         * Delete a conversation
         * @description Deletes a conversation and its items. Its responses remain; you can still retrieve and continue them.
         */
        delete: operations["deleteConversation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation_id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The conversation's ID. Malformed IDs return `404`, like unknown ones.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List conversation items
         * @description Lists the items of a conversation, newest first unless `order` is `asc`. Use it to show the history: messages,
         *     tool calls and their outputs.
         */
        get: operations["listConversationItems"];
        put?: never;
        /**
         * Add items to a conversation
         * @description Appends up to 20 items to a conversation, in order and in one step. You can send output items of a response
         *     unchanged; an `item_reference` is replaced by the item it names. If a response is running in the conversation,
         *     the new items come before its own, and its model doesn't see them. Content that no agent can read is refused, as
         *     in `createConversation`.
         */
        post: operations["createConversationItems"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation_id}/items/{item_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The conversation's ID. Malformed IDs return `404`, like unknown ones.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationIdInPath"];
                /**
                 * @description The item's ID.
                 * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
                 */
                item_id: components["parameters"]["ItemIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a conversation item
         * @description Returns one item of a conversation, by its ID. `listConversationItems` has the IDs.
         */
        get: operations["getConversationItem"];
        put?: never;
        post?: never;
        /**
         * Delete a conversation item
         * @description Deletes one item of a conversation and returns the conversation. A call and its output are two items. Delete
         *     both or neither: models refuse an output without its call.
         */
        delete: operations["deleteConversationItem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List chat completions
         * @description Lists the chat completions that were created with `store: true`, oldest first unless `order` is `desc`. Filter
         *     them by `model` and `metadata`, for example to evaluate answers.
         */
        get: operations["listChatCompletions"];
        put?: never;
        /**
         * Create a chat completion
         * @description Answers the last message of a conversation. Send all its messages with each request: the server keeps no history
         *     between completions, and stores one only with `store: true`.
         *
         *     **Tools.** When the model calls functions or custom tools, `finish_reason` is `tool_calls`. Run them, then send
         *     the conversation again with the assistant message and one `tool` message per call. Calls that the agent ran
         *     itself aren't returned, because a client would run them again.
         *
         *     **Structured outputs.** With a `response_format` of `json_schema` or `json_object`, the output is validated. If
         *     it is invalid, the agent is retried once with the validation error; if it is invalid again, the request fails. A
         *     stream isn't retried, because its output has already been sent.
         *
         *     **Streaming.** Each chunk is a line `data: JSON` and an empty line; there are no `event:` lines. The first chunk
         *     of a choice has the role, the last one the `finish_reason`. With `stream_options.include_usage`, one more chunk
         *     without choices reports the token counts. `data: [DONE]` comes last. If the agent breaks off, the last line has
         *     an `error` instead of a chunk, and there is no `[DONE]`. While nothing is ready, the server sends its head and
         *     comments to keep the connection open; a request that is refused after that ends in such a line too.
         *
         *     **Other forms.** A body with `input` instead of `messages` is read as one of `createResponse`: its items, flat
         *     tools, `instructions`, `max_output_tokens`, `text` and `reasoning` have the same meaning here. Items and content
         *     parts of the Responses API are also read in `messages`. So are an `image_url` as plain text, `arguments` as an
         *     object, a tool's output as any JSON, and one part without its list. Calls and outputs without IDs are linked by
         *     name or in order. A `response_format` may have its schema without the `json_schema` around it or its name, also
         *     as `json_object`, and `any` as the `tool_choice` means `required`. Other fields of the Responses API, such as
         *     `previous_response_id`, are refused with `unsupported_parameter` and the right name unless they are empty.
         *
         *     **Idempotency.** A request with an `Idempotency-Key` runs at most once, as in `createResponse`.
         */
        post: operations["createChatCompletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/completions/{completion_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The ID of a stored chat completion. Malformed IDs return `404`, like unknown ones.
                 * @example chatcmpl-6016479bfe57e6a60c32d70f45317b26
                 */
                completion_id: components["parameters"]["CompletionIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a chat completion
         * @description Returns a chat completion that was created with `store: true`. The messages of its request are in
         *     `listChatCompletionMessages`.
         */
        get: operations["getChatCompletion"];
        put?: never;
        /**
         * Update a chat completion
         * @description Replaces a stored chat completion's `metadata`. Use it to label completions, then filter by the label in
         *     `listChatCompletions`.
         */
        post: operations["updateChatCompletion"];
        /**
         * Delete a chat completion
         * @description Deletes a stored chat completion and its messages at once. It can no longer be retrieved or listed.
         */
        delete: operations["deleteChatCompletion"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/completions/{completion_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The ID of a stored chat completion. Malformed IDs return `404`, like unknown ones.
                 * @example chatcmpl-6016479bfe57e6a60c32d70f45317b26
                 */
                completion_id: components["parameters"]["CompletionIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List chat completion messages
         * @description Lists the request messages of a stored chat completion unchanged, oldest first unless `order` is `desc`. The
         *     answer isn't listed; it is part of the completion.
         */
        get: operations["listChatCompletionMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List models
         * @description Lists the agent's models, the default first. If the server is configured with one model (`AGENT_MODEL`), it
         *     lists that one and uses it for every request. The list is empty if the agent lists none: it may still accept a
         *     model that you name.
         *
         *     With several agents, the list has the models of every agent that your tenant may use. A request's `model` then
         *     selects the agent: a name in this list, `AGENT/MODEL`, or `AGENT` alone for that agent's default model. Any
         *     other name returns `404`. A model that an earlier agent also lists is listed as `AGENT/MODEL`. An agent
         *     that can't be reached is omitted or listed as it last was.
         */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The model's ID. A slash in it may be written as `/` or as `%2F`.
                 * @example offline
                 */
                model: components["parameters"]["ModelIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a model
         * @description Returns one model of `listModels`. An unknown name returns `404`.
         */
        get: operations["getModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List runs
         * @description Lists the runs of all tenants, newest first: those that wait or run now, on any server, and those that have
         *     ended. Runs are kept for a week (`RUN_RECORD_HOURS`). A run without a key, a background or a stored stream is
         *     recorded about a second after it starts. Under very high load, short completed runs can be missing;
         *     `getLoad` counts them all.
         */
        get: operations["listRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The run's ID, which is that of its response or chat completion. Unknown IDs return `404`.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                run_id: components["parameters"]["RunIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a run
         * @description Returns a run with its timeline: when each call of a model or a tool began, answered and ended. Use it to see
         *     why a run failed or was slow. The items and events of a response are in `getAnyResponse`.
         */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/runs/{run_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The run's ID, which is that of its response or chat completion. Unknown IDs return `404`.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                run_id: components["parameters"]["RunIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a run
         * @description Stops a run of any kind, on any server. A background response ends as `cancelled`. The client of any other run
         *     gets the error `run_stopped`, or `response.failed` at the end of its stream. The run may take a moment to end:
         *     the reply has its state at that time. A run that has ended is returned unchanged.
         */
        post: operations["cancelRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/runs/{run_id}/steer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The run's ID, which is that of its response or chat completion. Unknown IDs return `404`.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                run_id: components["parameters"]["RunIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Steer a run
         * @description Adds input of a user to a background response while it runs. The response finishes its current step and ends as
         *     `incomplete` with the reason `steered`, or as `completed`; a successor continues it with the input. Accepted
         *     input survives a restart of the server. A response that waits for its slot can be steered once it runs:
         *     `previous_response_in_progress`. Other runs belong to their clients and can't be steered here:
         *     `unsupported_value`. A response that has ended is continued by a new background response.
         */
        post: operations["steerRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/runs/{run_id}/repeat": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The run's ID, which is that of its response or chat completion. Unknown IDs return `404`.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                run_id: components["parameters"]["RunIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a run again
         * @description Sends the request of a stored response again, as a new background response of the same tenant with the same
         *     model, settings, tools, history and input. The repetition of a response in a conversation isn't part of the
         *     conversation: the items before the response are its input. So are those of a chain whose last response was
         *     deleted. A history that is too long, or whose items were deleted, can't be repeated. Secrets of MCP servers that
         *     the client sent aren't stored, so such a server refuses its calls. Chat completions aren't repeated:
         *     `unsupported_value`.
         */
        post: operations["repeatRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List approvals
         * @description Lists the approval requests of all tenants, newest first. Filter by the `status` `pending` to find the calls
         *     that wait for an answer.
         */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/approvals/{approval_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The ID of the `mcp_approval_request` item.
                 * @example mcpr_6512bd43d9caa6e02c990b0a82652dca
                 */
                approval_id: components["parameters"]["ApprovalIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Retrieve an approval
         * @description Returns an approval request with the arguments of its call, and the answer, if it has one. Read it before you
         *     use `answerApproval`.
         */
        get: operations["getApproval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/approvals/{approval_id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The ID of the `mcp_approval_request` item.
                 * @example mcpr_6512bd43d9caa6e02c990b0a82652dca
                 */
                approval_id: components["parameters"]["ApprovalIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer an approval
         * @description Approves or denies a call, on behalf of its tenant. A background response continues the one that asked, with the
         *     same model, settings and tools, and runs the approved call. If the client answers too, one of the two answers
         *     counts; the other gets `approval_conflict`, with the ID of the response that used the answer.
         *
         *     With `remember`, further calls of the same tool, or of any tool of the same server, need no approval. This holds
         *     for the continued run, and for those that operators continue from it.
         *
         *     Each answer continues the response on its own: if a response asks for several approvals, answers to each of them
         *     make a fork each, in which the other calls stay unanswered. Only its client can answer them together.
         *
         *     A response that wasn't stored can't be continued here: `unsupported_value`. Its client has to answer.
         */
        post: operations["answerApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search responses
         * @description Finds stored responses of all tenants, newest first. `text` is searched in the input and output, in letters of
         *     either case. One request examines a bounded number of responses: a page can be empty although `has_more` is
         *     true. Continue with its `next`.
         */
        get: operations["listAllResponses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/responses/{response_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The response's ID. Malformed IDs return `404`, like unknown ones.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Retrieve any response
         * @description As `getResponse`, for the responses of every tenant. Streams the events with `stream`.
         */
        get: operations["getAnyResponse"];
        put?: never;
        post?: never;
        /**
         * Delete any response
         * @description As `deleteResponse`, for the responses of every tenant. Use it to erase data on request, or to stop and remove a
         *     background response.
         */
        delete: operations["deleteAnyResponse"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/responses/{response_id}/input_items": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The response's ID. Malformed IDs return `404`, like unknown ones.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List any response's input items
         * @description As `listInputItems`, for the responses of every tenant. Use it to see what a client sent.
         */
        get: operations["listAnyInputItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/responses/{response_id}/tree": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The response's ID. Malformed IDs return `404`, like unknown ones.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a chain with its forks
         * @description Returns the tree that a response belongs to: the first response of its chain and everything that continues it.
         *     Deleted responses that others continue are nodes without content.
         *
         *     At most 200 nodes are returned, preferably the chain to the response. Of a longer chain, these are the last 200
         *     up to it: `root` is `null`, and the `parent_id` of the first node isn't in `nodes`. The tree of that node has
         *     those before it.
         */
        get: operations["getResponseTree"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search conversations
         * @description Finds conversations of all tenants, the most recently used first. Filter by ID or tenant.
         */
        get: operations["listAllConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The conversation's ID. Malformed IDs return `404`, like unknown ones.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete any conversation
         * @description As `deleteConversation`, for the conversations of every tenant. Use it to erase data on request.
         */
        delete: operations["deleteAnyConversation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/conversations/{conversation_id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The conversation's ID. Malformed IDs return `404`, like unknown ones.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List any conversation's items
         * @description As `listConversationItems`, for the conversations of every tenant. Use it to see what the model read.
         */
        get: operations["listAnyConversationItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/load": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve the load
         * @description Returns the load of the last hour in minutes, or of the last day in steps of 15 minutes, for each agent. The
         *     numbers of all servers that share the store are added. They are counted exactly, and up to some seconds old.
         */
        get: operations["getLoad"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve the rules
         * @description Returns the rules that the agent answers with, and how often each has matched. See `docs/rules.md`.
         */
        get: operations["getRules"];
        /**
         * Replace the rules
         * @description Replaces all rules, effective from the next request, and sets all counts to 0. Running requests keep their
         *     answers. Invalid rules change nothing; `param` is the path of the first invalid value. The paths of recordings
         *     must be below the directory of the rules file.
         */
        put: operations["replaceRules"];
        post?: never;
        /**
         * Reset the rules
         * @description Returns to the rules of the file, or to no rules if there is none, and sets all counts to 0.
         */
        delete: operations["resetRules"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List requests of the journal
         * @description Lists the latest requests of clients under `/v1`, newest first, with their bodies and replies. Use it in tests,
         *     to check the requests of a program. Refused requests and the turns of WebSockets are included.
         *
         *     A request is listed once its body is read; its `outcome` is `in_progress` until its reply has ended. The journal
         *     is in memory and bounded: the oldest entries are dropped. Turn it on and off with `JOURNAL_ENTRIES`.
         */
        get: operations["listJournalEntries"];
        put?: never;
        post?: never;
        /**
         * Reset the journal
         * @description Removes all requests, including those in progress. Use it between tests.
         */
        delete: operations["resetJournal"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/journal/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify requests
         * @description Counts the matching requests of the journal, and returns whether the number is the expected one: at least one,
         *     unless you send `count`, `at_least` or `at_most`. If it isn't, `message` explains which requests are nearest and
         *     why they don't match: raise it as your test's failure.
         */
        post: operations["verifyRequests"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/journal/wait": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Wait for requests
         * @description Waits until the journal has at least one matching request, or `at_least` of them, and returns the verdict. After
         *     `timeout_ms` the verdict isn't `satisfied`, but its status is still `200`. A request matches as soon as its
         *     body is read: to wait for its reply, match `outcome: completed`.
         */
        post: operations["waitForRequests"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/journal/{entry_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The request's ID. Unknown IDs return `404`.
                 * @example req_0cc175b9c0f1b6a831c399e269772661
                 */
                entry_id: components["parameters"]["JournalEntryId"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a request of the journal
         * @description Returns a request by its ID, which is the `X-Request-Id` of its reply. A turn of a WebSocket has the ID of the
         *     upgrade with its number: `req_….2`.
         */
        get: operations["getJournalEntry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List agents
         * @description Lists the configured agents with their models, and the MCP servers. An agent is asked for its models, and has
         *     failed if it doesn't list them. One whose models are configured isn't asked. Keys and the queries of URLs are
         *     never returned.
         */
        get: operations["listAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tenants
         * @description Lists the tenants with their limits, the names of their keys, and their use. These are the tenants of the
         *     configuration, and `default` if the server has no keys or a key without a tenant, such as an operator's.
         */
        get: operations["listTenants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check liveness
         * @description Succeeds while the process runs, and checks nothing else. Use it as a liveness probe.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check readiness
         * @description Checks the store and the agent. Use it as a readiness probe, and for load balancers. An agent that answers is
         *     ready, even if it lists no models. With several agents, one that answers is enough. The server's log has the
         *     cause of a failed check. `mcp_servers` has the last known state of each configured MCP server; the server is
         *     ready even if one of them failed.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "response.completed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A background response was completed
         * @description Sent when the status of a background response becomes `completed`. Retrieve it with `getResponse`.
         */
        post: operations["onResponseCompleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "response.failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A background response failed
         * @description Sent when the status of a background response becomes `failed`. Its `error` has the reason.
         */
        post: operations["onResponseFailed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "response.incomplete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A background response ended early
         * @description Sent when the status of a background response becomes `incomplete`. Its `incomplete_details` say why.
         */
        post: operations["onResponseIncomplete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "response.cancelled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A background response was cancelled
         * @description Sent when the status of a background response becomes `cancelled`. Its output so far is kept.
         */
        post: operations["onResponseCancelled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "approval.requested": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A tool call waits for approval
         * @description Sent when any response, background or not, asks for the approval of a call of an MCP tool. OpenAI has no such
         *     webhook. The arguments of the call are in the response. Answer with an `mcp_approval_response`.
         */
        post: operations["onApprovalRequested"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description The body of every reply with a status of 400 or more. */
        ErrorResponse: {
            error: components["schemas"]["ErrorDetail"];
        };
        /** @description The error. */
        ErrorDetail: {
            /** @description An explanation for people. */
            message: string;
            /**
             * @description The category: `invalid_request_error`, `rate_limit_error` or `server_error`. An agent's own types pass
             *     through.
             */
            type: string;
            /**
             * @description The path of the parameter at fault, such as `messages[2].content[0].type`; `null` if the error concerns no
             *     parameter.
             * @example messages[2].content[0].type
             * @example previous_response_id
             * @example null
             */
            param: string | null;
            /**
             * @description A stable code for programs: an `ErrorCode`, or the code of an agent that refused the request.
             * @example invalid_value
             * @example response_not_found
             */
            code: string | null;
        };
        /**
         * @description A code for programs. Codes are stable; later versions can add more. `x-enumDescriptions` explains each of them.
         * @enum {string}
         */
        ErrorCode: "invalid_json" | "missing_required_parameter" | "invalid_type" | "invalid_value" | "unsupported_parameter" | "unsupported_value" | "context_length_exceeded" | "schema_too_expensive" | "invalid_encrypted_content" | "websocket_connection_limit_reached" | "websocket_stream_limit_reached" | "invalid_stream_id" | "invalid_api_key" | "approval_denied" | "operator_required" | "run_stopped" | "host_not_allowed" | "origin_not_allowed" | "not_found" | "model_not_found" | "no_rule_matched" | "response_not_found" | "previous_response_not_found" | "conversation_not_found" | "item_not_found" | "chat_completion_not_found" | "approval_not_found" | "run_not_found" | "journal_entry_not_found" | "method_not_allowed" | "idempotency_key_conflict" | "previous_response_in_progress" | "conversation_locked" | "approval_conflict" | "journal_disabled" | "rules_unavailable" | "approval_expired" | "response_stream_expired" | "request_too_large" | "unsupported_media_type" | "expectation_failed" | "mcp_server_error" | "upgrade_required" | "rate_limit_exceeded" | "insufficient_quota" | "request_cancelled" | "internal_error" | "run_attempts_exceeded" | "upstream_error" | "answer_too_large" | "server_shutting_down" | "store_unavailable" | "upstream_timeout" | "run_timeout";
        /**
         * @description Whether the oldest entry comes first (`asc`) or the newest (`desc`).
         * @enum {string}
         */
        SortOrder: "asc" | "desc";
        /** @description The ID of the page's first entry; `null` if the page is empty. */
        FirstId: string | null;
        /** @description The ID of the page's last entry, to send as `after`; `null` if the page is empty. */
        LastId: string | null;
        /** @description Whether more entries follow this page. */
        HasMore: boolean;
        /**
         * @description Up to 16 key-value pairs of your own, stored with the object and returned unchanged.
         * @example {
         *       "customer": "4711",
         *       "topic": "weather"
         *     }
         */
        Metadata: {
            [key: string]: string;
        };
        /** @description The pairs to match. */
        MetadataFilter: {
            [key: string]: string;
        };
        /** @description Plain text, in a union with other forms. */
        Text: string;
        /** @description Any JSON object. */
        JsonObject: {
            [key: string]: unknown;
        };
        /**
         * @description A JSON Schema object.
         * @example {
         *       "type": "object",
         *       "properties": {
         *         "city": {
         *           "type": "string"
         *         }
         *       },
         *       "required": [
         *         "city"
         *       ],
         *       "additionalProperties": false
         *     }
         */
        JsonSchema: {
            [key: string]: unknown;
        };
        /**
         * @description How much the model reasons before it answers. The agent decides which of these it supports.
         * @enum {string}
         */
        ReasoningEffort: "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max";
        /**
         * @description How verbose the answer is.
         * @enum {string}
         */
        Verbosity: "low" | "medium" | "high";
        /**
         * @description The level of detail at which the model processes an image.
         * @enum {string}
         */
        ImageDetail: "auto" | "low" | "high" | "original";
        /**
         * @description How long a provider keeps a cached prompt.
         * @enum {string}
         */
        PromptCacheRetention: "in_memory" | "in-memory" | "24h";
        /** @description How a provider caches the prompt. Accepted and ignored, except for `prewarm`. */
        PromptCacheOptions: {
            /** @description Whether cache breakpoints are implicit or set by the request. */
            mode?: components["schemas"]["PromptCacheMode"];
            /** @description How long cached content lives. */
            ttl?: string;
            /**
             * @description The ID of a response to compare the use of the cache with. `createResponse` reports `unavailable` in
             *     `prompt_cache_diagnostics`.
             */
            comparison_response_id?: string | null;
            /**
             * @description Over a WebSocket, true has the effect of `generate: false`. Over HTTP `createResponse` refuses it, because
             *     this server has no cache to prepare.
             */
            prewarm?: boolean | null;
        };
        /**
         * @description Whether cache breakpoints are implicit or explicit.
         * @enum {string}
         */
        PromptCacheMode: "implicit" | "explicit";
        /** @description Marks the end of a cacheable prompt prefix. Accepted and ignored. */
        PromptCacheBreakpoint: {
            /** @constant */
            mode?: "explicit";
        };
        /** @description Asks a provider to moderate input and output. Accepted and ignored. */
        ModerationSettings: {
            /** @description The moderation model. */
            model?: string;
            /** @description The action on a finding. */
            policy?: components["schemas"]["JsonObject"] | null;
        };
        /** @description The format of a custom tool's input. */
        CustomToolFormat: components["schemas"]["CustomToolFormatText"] | components["schemas"]["CustomToolFormatGrammar"];
        /** @description Unconstrained text. */
        CustomToolFormatText: {
            /** @constant */
            type: "text";
        };
        /** @description Text constrained by a grammar. */
        CustomToolFormatGrammar: {
            /** @constant */
            type: "grammar";
            /** @description The syntax of the grammar. */
            syntax: components["schemas"]["GrammarSyntax"];
            /** @description The grammar definition. */
            definition: string;
        };
        /**
         * @description A grammar syntax.
         * @enum {string}
         */
        GrammarSyntax: "lark" | "regex";
        /** @description A conversation to answer. `null` in an optional field is the same as omitting it. */
        CreateChatCompletionRequest: {
            /** @description The messages of the conversation, oldest first. */
            messages: components["schemas"]["ChatMessage"][];
            /** @description The ID of the model to use, from `listModels`. Omitted or empty, the agent's default model answers. */
            model?: string | null;
            /**
             * @description Whether to stream the answer in chunks.
             * @default false
             */
            stream?: boolean | null;
            /** @description Options for streaming. Ignored unless `stream` is true. */
            stream_options?: components["schemas"]["StreamOptions"] | null;
            /** @description The tools the model may call. The server returns the calls for you to run. */
            tools?: components["schemas"]["ChatTool"][] | null;
            /** @description Whether the model may or must call a tool. Default: `auto` with tools, otherwise `none`. */
            tool_choice?: components["schemas"]["ChatToolChoice"] | null;
            /** @description Whether the model may make several calls in one turn. */
            parallel_tool_calls?: boolean | null;
            /** @description The format of the output text. */
            response_format?: components["schemas"]["ChatResponseFormat"] | null;
            /** @description The maximum number of tokens to produce, reasoning included. Zero or less is no limit. */
            max_completion_tokens?: number | null;
            /** @description The deprecated name of `max_completion_tokens`. Used if that is omitted. */
            max_tokens?: number | null;
            /** @description The sampling temperature. */
            temperature?: number | null;
            /** @description The probability mass to sample from. */
            top_p?: number | null;
            /** @description Values above 0 favour new topics. */
            presence_penalty?: number | null;
            /** @description Values above 0 reduce repetition. */
            frequency_penalty?: number | null;
            /** @description A bias for each token ID. */
            logit_bias?: components["schemas"]["LogitBias"] | null;
            /** @description Whether to return log probabilities of the output tokens. */
            logprobs?: boolean | null;
            /** @description The number of alternatives to return per token. */
            top_logprobs?: number | null;
            /**
             * @description The number of choices to generate.
             * @default 1
             */
            n?: number | null;
            /** @description Sequences that end the output. They aren't part of it. */
            stop?: components["schemas"]["ChatStop"] | null;
            /** @description Requests deterministic sampling, as far as the model supports it. */
            seed?: number | null;
            reasoning_effort?: components["schemas"]["ReasoningEffort"] | null;
            verbosity?: components["schemas"]["Verbosity"] | null;
            /** @description The service tier. This server has only one; if you name a tier, the reply has `default`. */
            service_tier?: string | null;
            /** @description Identifies your end user to the agent. */
            user?: string | null;
            /** @description Identifies your end user to the agent if `user` is omitted. */
            safety_identifier?: string | null;
            /** @description Groups requests with a common prompt prefix. Names the session when no header does. */
            prompt_cache_key?: string | null;
            prompt_cache_retention?: components["schemas"]["PromptCacheRetention"] | null;
            prompt_cache_options?: components["schemas"]["PromptCacheOptions"] | null;
            metadata?: components["schemas"]["Metadata"] | null;
            /**
             * @description Whether to store the completion, so that you can list and retrieve it.
             * @default false
             */
            store?: boolean | null;
            /** @description The output types to generate. `audio` is refused with `unsupported_parameter`. */
            modalities?: components["schemas"]["ChatModality"][] | null;
            audio?: components["schemas"]["ChatAudioSettings"] | null;
            prediction?: components["schemas"]["ChatPrediction"] | null;
            web_search_options?: components["schemas"]["ChatWebSearchOptions"] | null;
            moderation?: components["schemas"]["ModerationSettings"] | null;
            /**
             * @deprecated
             * @description The deprecated form of `tools`.
             */
            functions?: components["schemas"]["ChatFunction"][] | null;
            /**
             * @deprecated
             * @description The deprecated form of `tool_choice`.
             */
            function_call?: components["schemas"]["ChatFunctionCallOption"] | null;
        };
        /** @description Options for streaming. */
        StreamOptions: {
            /** @description Chat Completions only: whether a last chunk without choices reports the token counts. */
            include_usage?: boolean | null;
            /** @description Whether to pad events. Accepted and ignored: this server never pads them. */
            include_obfuscation?: boolean | null;
        };
        /** @description Maps token IDs to biases. */
        LogitBias: {
            [key: string]: number;
        };
        /** @description One stop sequence, or up to four. */
        ChatStop: components["schemas"]["Text"] | components["schemas"]["ChatStopTexts"];
        /** @description Stop sequences. An empty list, like an empty sequence, ends nothing. */
        ChatStopTexts: string[];
        /**
         * @description An output type.
         * @enum {string}
         */
        ChatModality: "text" | "audio";
        /** @description Options for audio output. Refused with `unsupported_parameter`, because agents produce text. */
        ChatAudioSettings: {
            /** @description A voice, by name or as `{id}`. */
            voice: components["schemas"]["ChatAudioVoice"];
            /** @description The audio format. */
            format: components["schemas"]["ChatAudioFormat"];
        };
        /** @description A voice, by name or as `{id}`. */
        ChatAudioVoice: components["schemas"]["Text"] | components["schemas"]["JsonObject"];
        /**
         * @description A format of audio output.
         * @enum {string}
         */
        ChatAudioFormat: "wav" | "aac" | "mp3" | "flac" | "opus" | "pcm16";
        /** @description Text that the output is expected to repeat. Accepted and ignored. */
        ChatPrediction: {
            /** @constant */
            type: "content";
            content: components["schemas"]["ChatTextContent"];
        };
        /** @description Offers web search to the model, if the operator maps it to an MCP tool. Its options have no effect. */
        ChatWebSearchOptions: {
            /** @description How much of the search results to use. */
            search_context_size?: components["schemas"]["SearchContextSize"];
            /** @description The user's location. */
            user_location?: components["schemas"]["JsonObject"] | null;
        };
        /**
         * @description How much of the search results to use.
         * @enum {string}
         */
        SearchContextSize: "low" | "medium" | "high";
        /** @description A message. Its `role` is the author. */
        ChatMessage: components["schemas"]["ChatUserMessage"] | components["schemas"]["ChatAssistantMessage"] | components["schemas"]["ChatToolMessage"] | components["schemas"]["ChatSystemMessage"] | components["schemas"]["ChatDeveloperMessage"] | components["schemas"]["ChatFunctionMessage"];
        /** @description A message of the user. */
        ChatUserMessage: {
            /** @constant */
            role: "user";
            content: components["schemas"]["ChatContent"];
            /** @description Distinguishes authors with the same role. */
            name?: string | null;
        };
        /** @description An earlier message of the model. */
        ChatAssistantMessage: {
            /** @constant */
            role: "assistant";
            /** @description The content. Optional if the message has tool calls. */
            content?: components["schemas"]["ChatContent"] | null;
            /** @description The refusal text. */
            refusal?: string | null;
            /** @description The reasoning text, as this server returned it. */
            reasoning_content?: string | null;
            /** @description The tool calls of the message. */
            tool_calls?: components["schemas"]["ChatToolCall"][] | null;
            /** @description Distinguishes authors with the same role. */
            name?: string | null;
            /** @description An earlier audio reply. Accepted and ignored. */
            audio?: components["schemas"]["JsonObject"] | null;
            /**
             * @deprecated
             * @description The deprecated form of `tool_calls`.
             */
            function_call?: components["schemas"]["ChatFunctionCall"] | null;
            reasoning_details?: components["schemas"]["ProviderValue"];
            thinking_blocks?: components["schemas"]["ProviderValue"];
            reasoning_opaque?: components["schemas"]["ProviderValue"];
            extra_content?: components["schemas"]["ProviderValue"];
            thought_signature?: components["schemas"]["ProviderValue"];
            provider_specific_fields?: components["schemas"]["ProviderValue"];
        };
        /** @description The output of a tool call. */
        ChatToolMessage: {
            /** @constant */
            role: "tool";
            content: components["schemas"]["ChatContent"];
            /** @description The ID of the call that this message answers. */
            tool_call_id: string;
        };
        /**
         * @description Instructions for the model. All system and developer messages are joined into one prompt, in addition to the
         *     agent's own.
         */
        ChatSystemMessage: {
            /** @constant */
            role: "system";
            content: components["schemas"]["ChatTextContent"];
            /** @description Distinguishes authors with the same role. */
            name?: string | null;
        };
        /** @description The same as a system message. */
        ChatDeveloperMessage: {
            /** @constant */
            role: "developer";
            content: components["schemas"]["ChatTextContent"];
            /** @description Distinguishes authors with the same role. */
            name?: string | null;
        };
        /**
         * @deprecated
         * @description The deprecated form of a tool message.
         */
        ChatFunctionMessage: {
            /** @constant */
            role: "function";
            /** @description The function's output. */
            content: string | null;
            /** @description The name of the function. */
            name: string;
        };
        /** @description Text, or a list of parts. */
        ChatContent: components["schemas"]["Text"] | components["schemas"]["ChatContentParts"];
        /** @description A list of parts. */
        ChatContentParts: components["schemas"]["ChatContentPart"][];
        /** @description Text, or a list of text parts. */
        ChatTextContent: components["schemas"]["Text"] | components["schemas"]["ChatTextParts"];
        /** @description A list of text parts. */
        ChatTextParts: components["schemas"]["ChatTextPart"][];
        /** @description A content part. */
        ChatContentPart: components["schemas"]["ChatTextPart"] | components["schemas"]["ChatImagePart"] | components["schemas"]["ChatFilePart"] | components["schemas"]["ChatAudioPart"] | components["schemas"]["ChatRefusalPart"];
        /** @description A text part. */
        ChatTextPart: {
            /** @constant */
            type: "text";
            /** @description The text. */
            text: string;
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpoint"] | null;
        };
        /** @description An image part. */
        ChatImagePart: {
            /** @constant */
            type: "image_url";
            image_url: components["schemas"]["ChatImage"];
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpoint"] | null;
        };
        /** @description An image. */
        ChatImage: {
            /**
             * @description An `http`, `https` or `data` URL.
             * @example https://example.org/cat.png
             * @example data:image/png;base64,iVBORw0KGgo=
             */
            url: string;
            detail?: components["schemas"]["ImageDetail"] | null;
        };
        /** @description A file part. */
        ChatFilePart: {
            /** @constant */
            type: "file";
            file: components["schemas"]["ChatFile"];
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpoint"] | null;
        };
        /** @description A file's content. This server stores no uploaded files, so `file_id` is unsupported. */
        ChatFile: {
            /** @description The file name. */
            filename?: string | null;
            /** @description The content, as a data URL or in base64. */
            file_data?: string | null;
            /** @description The ID of an uploaded file. */
            file_id?: string | null;
        };
        /** @description An audio part. Refused with `unsupported_value`, because agents accept text, images and files. */
        ChatAudioPart: {
            /** @constant */
            type: "input_audio";
            input_audio: components["schemas"]["AudioData"];
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpoint"] | null;
        };
        /** @description Audio input. */
        AudioData: {
            /** @description The audio in base64. */
            data: string;
            /** @description The audio format. */
            format: components["schemas"]["AudioFormat"];
        };
        /**
         * @description A format of audio input.
         * @enum {string}
         */
        AudioFormat: "wav" | "mp3";
        /** @description A refusal of the model. */
        ChatRefusalPart: {
            /** @constant */
            type: "refusal";
            /** @description The refusal text. */
            refusal: string;
        };
        /** @description A tool the model may call. */
        ChatTool: components["schemas"]["ChatFunctionTool"] | components["schemas"]["ChatCustomTool"] | components["schemas"]["ChatUnknownTool"];
        /**
         * @description A tool of a type that Chat Completions doesn't define, such as a provider's web search. It is accepted but not
         *     offered to the model.
         */
        ChatUnknownTool: {
            /** @description Any other type. One that looks like a misspelt one is refused. */
            type: `${string}:${string}`;
        } & {
            [key: string]: unknown;
        };
        /** @description A function with JSON arguments. */
        ChatFunctionTool: {
            /** @constant */
            type: "function";
            function: components["schemas"]["ChatFunction"];
        };
        /** @description The definition of a function. */
        ChatFunction: {
            /** @description The name the model calls it by. */
            name: string;
            /** @description Its purpose, and when to call it. */
            description?: string | null;
            /** @description The JSON Schema of the arguments. Omitted, the function has no parameters. */
            parameters?: components["schemas"]["JsonSchema"] | null;
            /**
             * @description Passed to the agent; not validated here.
             * @default false
             */
            strict?: boolean | null;
        };
        /** @description A tool with free-form text as its input. */
        ChatCustomTool: {
            /** @constant */
            type: "custom";
            custom: components["schemas"]["ChatCustomToolDefinition"];
        };
        /** @description The definition of a custom tool. */
        ChatCustomToolDefinition: {
            /** @description The name the model calls it by. */
            name: string;
            /** @description Its purpose, and when to call it. */
            description?: string | null;
            format?: components["schemas"]["ChatCustomToolFormat"] | null;
        };
        /** @description The format of a custom tool's input. */
        ChatCustomToolFormat: components["schemas"]["CustomToolFormatText"] | components["schemas"]["ChatCustomToolFormatGrammar"];
        /** @description Text constrained by a grammar. */
        ChatCustomToolFormatGrammar: {
            /** @constant */
            type: "grammar";
            grammar: components["schemas"]["ChatGrammar"];
        };
        /** @description A grammar. */
        ChatGrammar: {
            /** @description The grammar definition. */
            definition: string;
            /** @description The syntax of the grammar. */
            syntax: components["schemas"]["GrammarSyntax"];
        };
        /** @description Whether the model may or must call a tool, and which. */
        ChatToolChoice: components["schemas"]["ToolChoiceMode"] | components["schemas"]["ChatToolChoiceFunction"] | components["schemas"]["ChatToolChoiceCustom"] | components["schemas"]["ChatToolChoiceAllowedTools"];
        /** @description Requires a call of this function. */
        ChatToolChoiceFunction: {
            /** @constant */
            type: "function";
            function: components["schemas"]["ChatToolName"];
        };
        /** @description Requires a call of this custom tool. */
        ChatToolChoiceCustom: {
            /** @constant */
            type: "custom";
            custom: components["schemas"]["ChatToolName"];
        };
        /** @description Restricts calls to some of the tools. */
        ChatToolChoiceAllowedTools: {
            /** @constant */
            type: "allowed_tools";
            allowed_tools: components["schemas"]["ChatAllowedTools"];
        };
        /** @description The allowed tools. */
        ChatAllowedTools: {
            /** @description Whether the model may (`auto`) or must (`required`) call one of them. */
            mode: components["schemas"]["ChatAllowedToolsMode"];
            /** @description The allowed tools, each as `{type: function, function: {name}}`. */
            tools: components["schemas"]["JsonObject"][];
        };
        /**
         * @description Whether the model may or must call an allowed tool.
         * @enum {string}
         */
        ChatAllowedToolsMode: "auto" | "required";
        /** @description A reference to a tool by name. */
        ChatToolName: {
            /** @description The tool's name. */
            name: string;
        };
        /**
         * @deprecated
         * @description The deprecated form of a tool choice.
         */
        ChatFunctionCallOption: components["schemas"]["ChatFunctionCallMode"] | components["schemas"]["ChatToolName"];
        /**
         * @description Whether the model may call a function.
         * @enum {string}
         */
        ChatFunctionCallMode: "none" | "auto";
        /** @description A tool call of the model. */
        ChatToolCall: components["schemas"]["ChatFunctionToolCall"] | components["schemas"]["ChatCustomToolCall"];
        /** @description A function call. */
        ChatFunctionToolCall: {
            /** @constant */
            type: "function";
            /** @description The call's ID. Send it as `tool_call_id` of the tool message that answers the call. */
            id: string;
            function: components["schemas"]["ChatFunctionCall"];
            extra_content?: components["schemas"]["ProviderValue"];
            thought_signature?: components["schemas"]["ProviderValue"];
            signature?: components["schemas"]["ProviderValue"];
            provider_specific_fields?: components["schemas"]["ProviderValue"];
        };
        /**
         * @description Opaque data of the agent's provider, such as a signature of its thoughts. Send it back unchanged: some providers
         *     refuse the next turn without it.
         */
        ProviderValue: unknown;
        /** @description The function and its arguments. */
        ChatFunctionCall: {
            /** @description The function's name. */
            name: string;
            /** @description The arguments as JSON text, as the model wrote it. It can be invalid. */
            arguments: string;
        };
        /** @description A call of a custom tool. */
        ChatCustomToolCall: {
            /** @constant */
            type: "custom";
            /** @description The call's ID. Send it as `tool_call_id` of the tool message that answers the call. */
            id: string;
            custom: components["schemas"]["ChatCustomToolInput"];
            extra_content?: components["schemas"]["ProviderValue"];
            thought_signature?: components["schemas"]["ProviderValue"];
            signature?: components["schemas"]["ProviderValue"];
            provider_specific_fields?: components["schemas"]["ProviderValue"];
        };
        /** @description The custom tool and its input. */
        ChatCustomToolInput: {
            /** @description The tool's name. */
            name: string;
            /** @description The input the model wrote. */
            input: string;
        };
        /** @description The format of the output text. */
        ChatResponseFormat: components["schemas"]["TextFormatText"] | components["schemas"]["TextFormatJsonObject"] | components["schemas"]["ChatResponseFormatJsonSchema"];
        /** @description JSON that matches a schema. */
        ChatResponseFormatJsonSchema: {
            /** @constant */
            type: "json_schema";
            json_schema: components["schemas"]["ChatJsonSchema"];
        };
        /** @description A named JSON Schema. */
        ChatJsonSchema: {
            /** @description The name of the format, shown to the model. */
            name: string;
            /** @description The purpose of the format, shown to the model. */
            description?: string | null;
            schema?: components["schemas"]["JsonSchema"] | null;
            /**
             * @description Whether the output must match the schema.
             * @default false
             */
            strict?: boolean | null;
        };
        /** @description A chat completion. */
        ChatCompletion: {
            /**
             * @description The completion's ID.
             * @example chatcmpl-6016479bfe57e6a60c32d70f45317b26
             */
            id: string;
            /** @constant */
            object: "chat.completion";
            /** @description When it was created, in Unix seconds. */
            created: number;
            /** @description The model that answered. */
            model: string;
            /** @description The generated choices, as many as `n`. */
            choices: components["schemas"]["ChatCompletionChoice"][];
            usage: components["schemas"]["ChatUsage"];
            /** @description The agent's service tier. */
            service_tier?: string | null;
            /** @description The agent's backend configuration. */
            system_fingerprint?: string;
            metadata?: components["schemas"]["Metadata"];
        };
        /** @description One generated answer. */
        ChatCompletionChoice: {
            /** @description The index in `choices`. */
            index: number;
            message: components["schemas"]["ChatCompletionMessage"];
            finish_reason: components["schemas"]["ChatFinishReason"];
            logprobs: components["schemas"]["ChatLogprobs"] | null;
        };
        /** @description The model's message. */
        ChatCompletionMessage: {
            /** @constant */
            role: "assistant";
            /** @description The text; `null` if the message only has tool calls or a refusal. */
            content: string | null;
            /** @description The refusal text, if the model refused. */
            refusal: string | null;
            /** @description The reasoning text, if the agent returns it. */
            reasoning_content?: string;
            /** @description The tool calls to run. */
            tool_calls?: components["schemas"]["ChatToolCall"][];
            /** @description The sources of the text. */
            annotations?: components["schemas"]["ChatAnnotation"][];
            reasoning_details?: components["schemas"]["ProviderValue"];
            thinking_blocks?: components["schemas"]["ProviderValue"];
            reasoning_opaque?: components["schemas"]["ProviderValue"];
            extra_content?: components["schemas"]["ProviderValue"];
            thought_signature?: components["schemas"]["ProviderValue"];
            provider_specific_fields?: components["schemas"]["ProviderValue"];
        };
        /** @description A source of a passage of the text. */
        ChatAnnotation: {
            /** @constant */
            type: "url_citation";
            url_citation: components["schemas"]["ChatUrlCitation"];
        };
        /** @description A web page that the text cites. */
        ChatUrlCitation: {
            /** @description The page's URL. */
            url: string;
            /** @description The page's title. */
            title: string;
            /** @description The start of the citing passage in the text. */
            start_index: number;
            /** @description The end of the citing passage in the text. */
            end_index: number;
        };
        /**
         * @description Why the answer ended: a natural end or stop sequence (`stop`), the token limit (`length`), tool calls to run
         *     (`tool_calls`), or a content filter (`content_filter`). It is `length` too if the agent stopped midway without a
         *     reason. Run tool calls only after `tool_calls`: another reason can cut the arguments of the last one.
         * @enum {string}
         */
        ChatFinishReason: "stop" | "length" | "tool_calls" | "content_filter" | "function_call";
        /** @description Token counts. */
        ChatUsage: {
            /** @description The number of input tokens. */
            prompt_tokens: number;
            /** @description The number of output tokens, reasoning included. */
            completion_tokens: number;
            /** @description The total number of tokens. */
            total_tokens: number;
            prompt_tokens_details: components["schemas"]["ChatPromptTokensDetails"];
            completion_tokens_details: components["schemas"]["ChatCompletionTokensDetails"];
        };
        /** @description A breakdown of the input tokens. */
        ChatPromptTokensDetails: {
            /** @description The number of cached tokens. */
            cached_tokens: number;
            /** @description The number of audio tokens. */
            audio_tokens?: number;
        };
        /** @description A breakdown of the output tokens. */
        ChatCompletionTokensDetails: {
            /** @description The number of reasoning tokens. */
            reasoning_tokens: number;
            /** @description The number of audio tokens. */
            audio_tokens?: number;
            /** @description The number of predicted tokens that appear in the output. */
            accepted_prediction_tokens?: number;
            /** @description The number of predicted tokens that don't appear in the output. */
            rejected_prediction_tokens?: number;
        };
        /** @description Log probabilities of the output tokens. */
        ChatLogprobs: {
            /** @description Log probabilities of the text. */
            content: components["schemas"]["ChatTokenLogprob"][] | null;
            /** @description Log probabilities of the refusal. */
            refusal: components["schemas"]["ChatTokenLogprob"][] | null;
        };
        /** @description A token with its most likely alternatives. */
        ChatTokenLogprob: {
            /** @description The token. */
            token: string;
            /** @description Its log probability. */
            logprob: number;
            /** @description Its UTF-8 bytes. */
            bytes: number[] | null;
            /** @description The alternatives. */
            top_logprobs: components["schemas"]["ChatTopLogprob"][];
        };
        /** @description An alternative to a token. */
        ChatTopLogprob: {
            /** @description The token. */
            token: string;
            /** @description Its log probability. */
            logprob: number;
            /** @description Its UTF-8 bytes. */
            bytes: number[] | null;
        };
        /** @description The JSON of one `data:` line: a chunk, or, as the last one, an error that occurred after the stream began. */
        ChatStreamEvent: components["schemas"]["ChatCompletionChunk"] | components["schemas"]["ErrorResponse"];
        /** @description A part of a streamed completion. All chunks of a completion share `id`, `created` and `model`. */
        ChatCompletionChunk: {
            /** @description The completion's ID. */
            id: string;
            /** @constant */
            object: "chat.completion.chunk";
            /** @description When it started, in Unix seconds. */
            created: number;
            /** @description The model that answers. */
            model: string;
            /** @description The new content per choice; empty in the chunk that reports usage. */
            choices: components["schemas"]["ChatCompletionChunkChoice"][];
            /** @description With `stream_options.include_usage`, the token counts in the last chunk and `null` in those before. */
            usage?: components["schemas"]["ChatUsage"] | null;
            /** @description The agent's service tier. */
            service_tier?: string | null;
            /** @description The agent's backend configuration. */
            system_fingerprint?: string;
        };
        /** @description The new content of one choice. */
        ChatCompletionChunkChoice: {
            /** @description The index of the choice. */
            index: number;
            delta: components["schemas"]["ChatCompletionDelta"];
            /** @description Set in the last chunk of the choice. */
            finish_reason: components["schemas"]["ChatFinishReason"] | null;
            logprobs?: components["schemas"]["ChatLogprobs"] | null;
        };
        /** @description Content to append to the message. The first delta carries the role. */
        ChatCompletionDelta: {
            /** @constant */
            role?: "assistant";
            /** @description The text to append. */
            content?: string | null;
            /** @description The refusal text to append. */
            refusal?: string | null;
            /** @description The reasoning text to append. */
            reasoning_content?: string;
            /** @description New tool calls, or input to append to earlier ones. */
            tool_calls?: components["schemas"]["ChatToolCallDelta"][];
            /** @description Sources of the text so far. */
            annotations?: components["schemas"]["ChatAnnotation"][];
            reasoning_details?: components["schemas"]["ProviderValue"];
            thinking_blocks?: components["schemas"]["ProviderValue"];
            reasoning_opaque?: components["schemas"]["ProviderValue"];
            extra_content?: components["schemas"]["ProviderValue"];
            thought_signature?: components["schemas"]["ProviderValue"];
            provider_specific_fields?: components["schemas"]["ProviderValue"];
        };
        /** @description The start of a tool call (`id`, `type` and name), or arguments to append. */
        ChatToolCallDelta: {
            /** @description The index of the call in the message. */
            index: number;
            /** @description The call's ID. */
            id?: string;
            /** @description The type of tool. */
            type?: components["schemas"]["ChatToolKind"];
            function?: components["schemas"]["ChatFunctionCallDelta"];
            custom?: components["schemas"]["ChatCustomToolInputDelta"];
            extra_content?: components["schemas"]["ProviderValue"];
            thought_signature?: components["schemas"]["ProviderValue"];
            signature?: components["schemas"]["ProviderValue"];
            provider_specific_fields?: components["schemas"]["ProviderValue"];
        };
        /**
         * @description A type of tool.
         * @enum {string}
         */
        ChatToolKind: "function" | "custom";
        /** @description A part of a function call. */
        ChatFunctionCallDelta: {
            /** @description The function's name. */
            name?: string;
            /** @description The JSON text to append to the arguments. */
            arguments?: string;
        };
        /** @description A part of a custom tool's input. */
        ChatCustomToolInputDelta: {
            /** @description The tool's name. */
            name?: string;
            /** @description The text to append to the input. */
            input?: string;
        };
        /** @description One page of stored chat completions. */
        ChatCompletionList: {
            /** @constant */
            object: "list";
            /** @description The completions. */
            data: components["schemas"]["ChatCompletion"][];
            first_id: components["schemas"]["FirstId"];
            last_id: components["schemas"]["LastId"];
            has_more: components["schemas"]["HasMore"];
        };
        /** @description One page of a stored chat completion's request messages. */
        ChatCompletionMessageList: {
            /** @constant */
            object: "list";
            /** @description The messages. */
            data: components["schemas"]["StoredChatMessage"][];
            first_id: components["schemas"]["FirstId"];
            last_id: components["schemas"]["LastId"];
            has_more: components["schemas"]["HasMore"];
        };
        /** @description A request message, unchanged, with an ID. */
        StoredChatMessage: {
            /** @description The message's ID. */
            id: string;
            /** @description The author's role. */
            role: components["schemas"]["ChatRole"];
            /** @description The text; `null` if the message has none or was sent as parts. */
            content: string | null;
            /** @description The parts; `null` if the content wasn't sent as parts. */
            content_parts: components["schemas"]["ChatContentPart"][] | null;
            /** @description The refusal text, if the model refused. */
            refusal: string | null;
            /** @description Distinguishes authors with the same role. */
            name?: string | null;
            /** @description The model's tool calls. */
            tool_calls?: components["schemas"]["ChatToolCall"][];
            /** @description The ID of the call that a tool message answers. */
            tool_call_id?: string;
            function_call?: components["schemas"]["ChatFunctionCall"];
            /** @description The model's reasoning text. */
            reasoning_content?: string;
            reasoning_details?: components["schemas"]["ProviderValue"];
            thinking_blocks?: components["schemas"]["ProviderValue"];
            reasoning_opaque?: components["schemas"]["ProviderValue"];
            extra_content?: components["schemas"]["ProviderValue"];
            thought_signature?: components["schemas"]["ProviderValue"];
            provider_specific_fields?: components["schemas"]["ProviderValue"];
        };
        /**
         * @description The author's role.
         * @enum {string}
         */
        ChatRole: "user" | "assistant" | "tool" | "system" | "developer" | "function";
        /** @description Confirms that a stored chat completion is deleted. */
        DeletedChatCompletion: {
            /** @description The deleted completion's ID. */
            id: string;
            /** @constant */
            object: "chat.completion.deleted";
            /** @constant */
            deleted: true;
        };
        /** @description Changes to a stored chat completion. */
        UpdateChatCompletionRequest: {
            /** @description The new pairs, which replace all old ones. `null` removes them. */
            metadata: components["schemas"]["Metadata"] | null;
        };
        /** @description A turn to run. `null` in a field is the same as omitting it. */
        CreateResponseRequest: {
            /** @description The new input of this turn. Without it, the request is refused with `missing_required_parameter`. */
            input?: components["schemas"]["ResponseInput"] | null;
            /** @description The ID of the model to use, from `listModels`. Omitted or empty, the agent's default model answers. */
            model?: string | null;
            /**
             * @description Instructions for the model, added to the agent's own prompt. If omitted, those of `previous_response_id`
             *     still apply. (At OpenAI they don't; the server's `CARRY_INSTRUCTIONS=0` gives that behaviour.)
             */
            instructions?: string | null;
            /** @description The ID of the response to continue. Its history, input and output come before `input`. */
            previous_response_id?: string | null;
            /**
             * @description The conversation of this turn, by its ID or as `{id}`. Its items come first; those of this turn are appended
             *     to it. Can't be combined with `previous_response_id`.
             */
            conversation?: components["schemas"]["ConversationReference"] | null;
            /**
             * @description Whether to stream the response as events.
             * @default false
             */
            stream?: boolean | null;
            /** @description Options for streaming. Ignored unless `stream` is true. */
            stream_options?: components["schemas"]["StreamOptions"] | null;
            /**
             * @description Whether to store the response. Without it, the response can't be retrieved or continued.
             * @default true
             */
            store?: boolean | null;
            /**
             * @description Whether to reply at once and run in the background. With `store` false it returns `400`.
             * @default false
             */
            background?: boolean | null;
            background_options?: components["schemas"]["BackgroundOptions"] | null;
            /**
             * @description The tools the model may call. Functions, custom tools and tools in namespaces are offered to the model; the
             *     server returns their calls for you to run. The server runs the tools of MCP servers (`mcp`), and hosted
             *     tools that the operator maps to them. Other hosted tools and tools of unknown types are accepted but not
             *     offered; a `tool_choice` that requires one is refused.
             */
            tools?: components["schemas"]["Tool"][] | null;
            /** @description Whether the model may or must call a tool. Default: `auto`. */
            tool_choice?: components["schemas"]["ToolChoice"] | null;
            /**
             * @description Whether the model may make several calls in one turn.
             * @default true
             */
            parallel_tool_calls?: boolean | null;
            /** @description The maximum number of calls of MCP tools. A model that asks for more ends the response as `incomplete`. */
            max_tool_calls?: number | null;
            /** @description The format of the output text. */
            text?: components["schemas"]["TextSettings"] | null;
            /** @description Options for reasoning. */
            reasoning?: components["schemas"]["ReasoningSettings"] | null;
            /** @description The maximum number of tokens to produce, reasoning included. A negative number is read as no limit. */
            max_output_tokens?: number | null;
            /**
             * @description The sampling temperature.
             * @default 1
             */
            temperature?: number | null;
            /**
             * @description The probability mass to sample from.
             * @default 1
             */
            top_p?: number | null;
            /**
             * @description Values above 0 favour new topics.
             * @default 0
             */
            presence_penalty?: number | null;
            /**
             * @description Values above 0 reduce repetition.
             * @default 0
             */
            frequency_penalty?: number | null;
            /** @description The number of alternatives to return per token. */
            top_logprobs?: number | null;
            /**
             * @description Additional output to include: `message.output_text.logprobs` for log probabilities,
             *     `reasoning.encrypted_content` for sealed reasoning; `web_search_call.action.sources`,
             *     `file_search_call.results` and `code_interpreter_call.outputs` for the results of hosted tools. The other
             *     values are ignored, as are unknown ones.
             */
            include?: components["schemas"]["IncludeOption"][] | null;
            /** @description How to handle a history that is too long. Default: `disabled`. */
            truncation?: components["schemas"]["Truncation"] | null;
            metadata?: components["schemas"]["Metadata"] | null;
            /**
             * @description The service tier. This server has only one; the response has `default`.
             * @default auto
             */
            service_tier?: string | null;
            /** @description Identifies your end user to the agent. */
            user?: string | null;
            /** @description Identifies your end user to the agent if `user` is omitted. */
            safety_identifier?: string | null;
            /**
             * @description Groups requests with a common prompt prefix. Names the session when no header does. Returned in the
             *     response.
             */
            prompt_cache_key?: string | null;
            prompt_cache_retention?: components["schemas"]["PromptCacheRetention"] | null;
            prompt_cache_options?: components["schemas"]["PromptCacheOptions"] | null;
            /** @description A stored prompt template. Refused with `unsupported_parameter`, because this server stores none. */
            prompt?: components["schemas"]["PromptReference"] | null;
            /** @description When to compact the history. Rules other than `compaction` are ignored. */
            context_management?: components["schemas"]["ContextManagementRule"][] | null;
            moderation?: components["schemas"]["ModerationSettings"] | null;
            /** @description OpenAI's access programs. This server has none; the response has `null`. */
            access_programs?: components["schemas"]["JsonObject"] | null;
            image?: components["schemas"]["ImageSettings"] | null;
        };
        /**
         * @description How soon a background response runs. Every one runs as soon as possible, which keeps the promise of each window.
         * @example {
         *       "completion_window": "2h"
         *     }
         */
        BackgroundOptions: {
            /**
             * @description The time until the response must have ended. `2h` and `8h` require `background: true`, no `stream`, and a
             *     `service_tier` of `auto` or `default`. Default: `soonest`.
             */
            completion_window?: components["schemas"]["CompletionWindow"] | null;
            /** @description Groups related requests, for priority. Accepted and ignored; it adds no history. */
            continuation_id?: string | null;
        };
        /**
         * @description A completion window.
         * @enum {string}
         */
        CompletionWindow: "soonest" | "2h" | "8h";
        /** @description Options for the images of a request. */
        ImageSettings: {
            /** @description Whether to compress images in the context. This server never does: `enabled` returns `400`. Default: `auto`. */
            context_compression?: components["schemas"]["ImageCompression"] | null;
        };
        /**
         * @description A policy for the images in the context.
         * @enum {string}
         */
        ImageCompression: "auto" | "enabled" | "disabled";
        /** @description Additional output to include. Unknown values are ignored. */
        IncludeOption: components["schemas"]["KnownIncludeOption"] | components["schemas"]["Text"];
        /**
         * @description Additional output that this API defines.
         * @enum {string}
         */
        KnownIncludeOption: "reasoning.encrypted_content" | "message.output_text.logprobs" | "message.input_image.image_url" | "file_search_call.results" | "web_search_call.results" | "web_search_call.action.sources" | "computer_call_output.output.image_url" | "code_interpreter_call.outputs";
        /**
         * @description `auto` keeps the newest 100 items of a longer history, plus system messages and compaction summaries, and never
         *     separates a tool's output from its call. `disabled` keeps everything; a history over the model's limit is
         *     refused with `context_length_exceeded`.
         * @enum {string}
         */
        Truncation: "auto" | "disabled";
        /** @description A conversation, by its ID. */
        ConversationReference: components["schemas"]["Text"] | components["schemas"]["ConversationId"];
        /** @description A reference to a conversation. */
        ConversationId: {
            /** @description The conversation's ID. */
            id: string;
        };
        /** @description A prompt template and its variables. */
        PromptReference: {
            /** @description The template's ID. */
            id: string;
            /** @description The template's version. */
            version?: string | null;
            /** @description The template's variables. */
            variables?: components["schemas"]["JsonObject"] | null;
        };
        /** @description A rule for compacting the history. */
        ContextManagementRule: {
            /** @description The action: `compaction`. */
            type: string;
            /** @description The number of input tokens above which to compact. If omitted, the rule never applies. */
            compact_threshold?: number | null;
        };
        /** @description The format of the output text. */
        TextSettings: {
            format?: components["schemas"]["TextFormat"] | null;
            verbosity?: components["schemas"]["Verbosity"] | null;
        };
        /** @description Plain text, any JSON object, or JSON that matches a schema. */
        TextFormat: components["schemas"]["TextFormatText"] | components["schemas"]["TextFormatJsonObject"] | components["schemas"]["TextFormatJsonSchema"];
        /** @description Plain text. */
        TextFormatText: {
            /** @constant */
            type: "text";
        };
        /** @description Any JSON object. */
        TextFormatJsonObject: {
            /** @constant */
            type: "json_object";
        };
        /**
         * @description JSON that matches a schema.
         * @example {
         *       "type": "json_schema",
         *       "name": "city",
         *       "schema": {
         *         "type": "object",
         *         "properties": {
         *           "city": {
         *             "type": "string"
         *           }
         *         }
         *       }
         *     }
         */
        TextFormatJsonSchema: {
            /** @constant */
            type: "json_schema";
            /** @description The name of the format, shown to the model. */
            name?: string;
            /** @description The purpose of the format, shown to the model. */
            description?: string | null;
            schema: components["schemas"]["JsonSchema"];
            /**
             * @description Whether the output must match the schema.
             * @default false
             */
            strict?: boolean | null;
        };
        /**
         * @description Options for reasoning.
         * @example {
         *       "effort": "low",
         *       "summary": "auto"
         *     }
         */
        ReasoningSettings: {
            effort?: components["schemas"]["ReasoningEffort"] | null;
            summary?: components["schemas"]["ReasoningSummaryStyle"] | null;
            context?: components["schemas"]["ReasoningContext"] | null;
            /** @description A provider's reasoning mode. Accepted and ignored. */
            mode?: string | null;
            /**
             * @deprecated
             * @description The deprecated name of `summary`.
             */
            generate_summary?: components["schemas"]["ReasoningSummaryStyle"] | null;
        };
        /**
         * @description The level of detail of reasoning summaries. If you request one, reasoning is returned as summaries.
         * @enum {string}
         */
        ReasoningSummaryStyle: "auto" | "concise" | "detailed";
        /**
         * @description The turns whose reasoning the model sees again.
         * @enum {string}
         */
        ReasoningContext: "auto" | "current_turn" | "all_turns";
        /** @description A user message as text, or a list of items, oldest first. */
        ResponseInput: components["schemas"]["Text"] | components["schemas"]["InputElements"];
        /** @description A list of items, oldest first. */
        InputElements: components["schemas"]["InputElement"][];
        /** @description An item, or text as a user message. */
        InputElement: components["schemas"]["InputItem"] | components["schemas"]["Text"];
        /**
         * @description An input item: a message, a call, an output. You can send output items of an earlier response unchanged. A bare
         *     content part is a user message with that part.
         */
        InputItem: components["schemas"]["InputMessage"] | components["schemas"]["FunctionToolCallInput"] | components["schemas"]["FunctionToolCallOutputInput"] | components["schemas"]["ReasoningItemInput"] | components["schemas"]["CustomToolCallInput"] | components["schemas"]["CustomToolCallOutputInput"] | components["schemas"]["ItemReference"] | components["schemas"]["AdditionalToolsInput"] | components["schemas"]["ConfigurationUpdateInput"] | components["schemas"]["CompactionItemInput"] | components["schemas"]["CompactionTrigger"] | components["schemas"]["InputText"] | components["schemas"]["InputImage"] | components["schemas"]["InputFile"] | components["schemas"]["OutputTextInput"] | components["schemas"]["WebSearchCall"] | components["schemas"]["FileSearchCall"] | components["schemas"]["ToolSearchCallInput"] | components["schemas"]["ToolSearchOutputInput"] | components["schemas"]["McpCall"] | components["schemas"]["McpListTools"] | components["schemas"]["McpApprovalRequest"] | components["schemas"]["McpApprovalResponseInput"] | components["schemas"]["CodeInterpreterCall"] | components["schemas"]["ImageGenerationCall"] | components["schemas"]["ComputerCall"] | components["schemas"]["ComputerCallOutputInput"] | components["schemas"]["LocalShellCall"] | components["schemas"]["LocalShellCallOutput"] | components["schemas"]["ShellCallInput"] | components["schemas"]["ShellCallOutputInput"] | components["schemas"]["ApplyPatchCallInput"] | components["schemas"]["ApplyPatchCallOutputInput"] | components["schemas"]["Program"] | components["schemas"]["ProgramOutput"] | components["schemas"]["UnknownItemInput"];
        /**
         * @description An item of a type that this contract doesn't define. It is stored and returned unchanged, but agents of Chat
         *     Completions don't see it. An object with a role and content is a message, so its type is checked.
         * @example {
         *       "type": "acme:search_result",
         *       "query": "weather"
         *     }
         */
        UnknownItemInput: {
            type: components["schemas"]["UnknownItemType"];
            /** @description The item's ID. */
            id?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description Any type but those of the items and content parts that this contract defines. One that looks like a misspelt one
         *     of them is refused.
         */
        UnknownItemType: `${string}:${string}`;
        /**
         * @description A message. Send earlier messages of the model with the role `assistant`.
         * @example {
         *       "role": "user",
         *       "content": "Hello!"
         *     }
         * @example {
         *       "type": "message",
         *       "role": "assistant",
         *       "content": [
         *         {
         *           "type": "output_text",
         *           "text": "Good day."
         *         }
         *       ]
         *     }
         */
        InputMessage: {
            /** @constant */
            type?: "message";
            role: components["schemas"]["MessageRole"];
            content: components["schemas"]["InputMessageContent"];
            /** @description The item's ID. If omitted, the server generates one. */
            id?: string | null;
            /** @description The item's status, as the server returned it. */
            status?: string | null;
            phase?: components["schemas"]["MessagePhase"] | null;
            provider_data?: components["schemas"]["ProviderData"] | null;
        };
        /**
         * @description The author's role. System and developer messages are joined into one prompt, in addition to the agent's own.
         * @enum {string}
         */
        MessageRole: "user" | "assistant" | "system" | "developer";
        /**
         * @description Whether an assistant message is commentary or the final answer.
         * @enum {string}
         */
        MessagePhase: "commentary" | "final_answer";
        /**
         * @description The status of an item.
         * @enum {string}
         */
        ItemStatus: "in_progress" | "completed" | "incomplete";
        /** @description Text, or a list of parts. */
        InputMessageContent: components["schemas"]["Text"] | components["schemas"]["InputContentElements"];
        /** @description A list of parts. */
        InputContentElements: components["schemas"]["InputContentElement"][];
        /** @description A part, or text. */
        InputContentElement: components["schemas"]["InputContentPart"] | components["schemas"]["Text"];
        /** @description A content part. */
        InputContentPart: components["schemas"]["InputText"] | components["schemas"]["OutputTextInput"] | components["schemas"]["InputImage"] | components["schemas"]["InputFile"] | components["schemas"]["Refusal"] | components["schemas"]["InputAudio"] | components["schemas"]["InputVideo"] | components["schemas"]["PlainText"] | components["schemas"]["ReasoningText"] | components["schemas"]["SummaryText"] | components["schemas"]["ComputerScreenshot"];
        /** @description Text for the model. */
        InputText: {
            /** @constant */
            type: "input_text";
            /** @description The text. */
            text: string;
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpoint"] | null;
        };
        /** @description The model's text, sent back. */
        OutputTextInput: {
            /** @constant */
            type: "output_text";
            /** @description The text. */
            text: string;
            /** @description The sources of the text. */
            annotations?: components["schemas"]["JsonObject"][] | null;
            /** @description The log probabilities of the text. */
            logprobs?: components["schemas"]["JsonObject"][] | null;
        };
        /** @description An image for the model. */
        InputImage: {
            /** @constant */
            type: "input_image";
            /** @description An `http`, `https` or `data` URL. */
            image_url?: string | null;
            /** @description The ID of an uploaded file. Unsupported: this server stores none. */
            file_id?: string | null;
            detail?: components["schemas"]["ImageDetail"] | null;
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpoint"] | null;
        };
        /** @description A file for the model. */
        InputFile: {
            /** @constant */
            type: "input_file";
            /** @description The file name. */
            filename?: string | null;
            /** @description The content, as a data URL or in base64. */
            file_data?: string | null;
            /** @description The URL of the file. */
            file_url?: string | null;
            /** @description The ID of an uploaded file. Unsupported: this server stores none. */
            file_id?: string | null;
            /** @description The level of detail. */
            detail?: components["schemas"]["FileDetail"] | null;
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpoint"] | null;
        };
        /**
         * @description The level of detail at which the model processes a file.
         * @enum {string}
         */
        FileDetail: "auto" | "low" | "high";
        /** @description Audio for the model. Refused with `unsupported_value`, because agents accept text, images and files. */
        InputAudio: {
            /** @constant */
            type: "input_audio";
            input_audio: components["schemas"]["AudioData"];
        };
        /** @description Video for the model. Refused with `unsupported_value`, because agents accept text, images and files. */
        InputVideo: {
            /** @constant */
            type: "input_video";
            /** @description The URL of the video. */
            video_url: string;
        };
        /** @description Text of any author. */
        PlainText: {
            /** @constant */
            type: "text";
            /** @description The text. */
            text: string;
        };
        /** @description A function call of an earlier turn, sent back. */
        FunctionToolCallInput: {
            /** @constant */
            type: "function_call";
            /** @description The call's ID. */
            call_id: string;
            /** @description The function's name. */
            name: string;
            /** @description The arguments as JSON text. */
            arguments: string;
            /** @description The function's namespace. */
            namespace?: string | null;
            /** @description The item's ID. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
            /** @description Whether the output may come in a later turn. */
            async?: boolean | null;
            caller?: components["schemas"]["ToolCaller"] | null;
            provider_data?: components["schemas"]["ProviderData"] | null;
        };
        /**
         * @description The output of a function call.
         * @example {
         *       "type": "function_call_output",
         *       "call_id": "call_8943ca6380b8b7a0bdb8c41a402cf035",
         *       "output": "{\"celsius\":21}"
         *     }
         */
        FunctionToolCallOutputInput: {
            /** @constant */
            type: "function_call_output";
            /** @description The ID of the call. */
            call_id?: string | null;
            output: components["schemas"]["ToolOutputInput"];
            /** @description The function's name. */
            name?: string | null;
            /** @description The function's namespace. */
            namespace?: string | null;
            /** @description The item's ID. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
            caller?: components["schemas"]["ToolCaller"] | null;
        };
        /** @description Text, or a list of parts. */
        ToolOutputInput: components["schemas"]["Text"] | components["schemas"]["ToolOutputPartInputs"];
        /** @description The parts of a tool's output. */
        ToolOutputPartInputs: components["schemas"]["ToolOutputPartInput"][];
        /** @description A part of a tool's output. */
        ToolOutputPartInput: components["schemas"]["InputText"] | components["schemas"]["InputImage"] | components["schemas"]["InputFile"] | components["schemas"]["InputVideo"];
        /** @description The caller of a tool: the model (`direct`) or a program it wrote (`program`). */
        ToolCaller: {
            /** @description The type of caller. */
            type: components["schemas"]["ToolCallerKind"];
            /** @description The ID of the program call. */
            caller_id?: string;
        };
        /**
         * @description A type of caller.
         * @enum {string}
         */
        ToolCallerKind: "direct" | "program";
        /** @description A custom tool call of an earlier turn, sent back. */
        CustomToolCallInput: {
            /** @constant */
            type: "custom_tool_call";
            /** @description The call's ID. */
            call_id: string;
            /** @description The tool's name. */
            name: string;
            /** @description The input the model wrote. */
            input: string;
            /** @description The tool's namespace. */
            namespace?: string | null;
            /** @description The item's ID. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
            /** @description Whether the output may come in a later turn. */
            async?: boolean | null;
            caller?: components["schemas"]["ToolCaller"] | null;
            provider_data?: components["schemas"]["ProviderData"] | null;
        };
        /** @description The output of a custom tool call. */
        CustomToolCallOutputInput: {
            /** @constant */
            type: "custom_tool_call_output";
            /** @description The ID of the call. */
            call_id: string;
            output: components["schemas"]["ToolOutputInput"];
            /** @description The item's ID. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
            caller?: components["schemas"]["ToolCaller"] | null;
        };
        /** @description Reasoning of an earlier turn, sent back. */
        ReasoningItemInput: {
            /** @constant */
            type: "reasoning";
            /** @description The item's ID. */
            id?: string | null;
            /** @description The summary of the reasoning. */
            summary?: components["schemas"]["SummaryText"][] | null;
            /** @description The reasoning text. */
            content?: components["schemas"]["ReasoningText"][] | null;
            /**
             * @description The reasoning, encrypted by this server or its agent. Content that another server encrypted is left out: the
             *     model doesn't see it, and the turn continues.
             */
            encrypted_content?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
            provider_data?: components["schemas"]["ProviderData"] | null;
        };
        /**
         * @description A reference to a stored item of a response or conversation; the item replaces it. An unknown one returns `404`
         *     and `item_not_found`. An object with a role or content is a message, not a reference.
         */
        ItemReference: {
            /** @description Optional. */
            type?: "item_reference" | null;
            /** @description The item's ID. */
            id: string;
        };
        /**
         * @description A compacted history, sent back. If this server didn't create it for the same tenant, it returns `400` and
         *     `invalid_encrypted_content`.
         */
        CompactionItemInput: {
            /** @constant */
            type: "compaction";
            /** @description The history, sealed so that only this server can read it. */
            encrypted_content: string;
            /** @description The item's ID. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
        };
        /** @description As the last item, compacts everything before it. The response then has no answer. */
        CompactionTrigger: {
            /** @constant */
            type: "compaction_trigger";
            /** @description The item's ID. Ignored. */
            id?: string | null;
        };
        /** @description Tools to offer in addition to `tools`. A tool declared again replaces the earlier one. */
        AdditionalToolsInput: {
            /** @constant */
            type: "additional_tools";
            /** @description The role that offers the tools. */
            role?: string | null;
            /** @description The tools. */
            tools: components["schemas"]["Tool"][];
            /** @description The item's ID. */
            id?: string | null;
        };
        /**
         * @description Changes settings for this turn and for later ones that continue it, until another update replaces the setting.
         *     The request's own `reasoning.effort` and `text.format` apply where no update does.
         * @example {
         *       "type": "configuration_update",
         *       "reasoning": {
         *         "effort": "low"
         *       }
         *     }
         */
        ConfigurationUpdateInput: {
            /** @constant */
            type: "configuration_update";
            reasoning?: components["schemas"]["ReasoningUpdate"] | null;
            text?: components["schemas"]["TextUpdate"] | null;
            /** @description The item's ID. */
            id?: string | null;
        };
        /** @description A change of the reasoning options. */
        ReasoningUpdate: {
            /** @description The new effort. `null` returns to the agent's default. */
            effort?: components["schemas"]["ReasoningEffort"] | null;
        };
        /** @description A change of the output format. */
        TextUpdate: {
            format: components["schemas"]["TextUpdateFormat"];
        };
        /** @description Plain text, or JSON that matches a schema. */
        TextUpdateFormat: components["schemas"]["TextFormatText"] | components["schemas"]["TextFormatJsonSchema"];
        /** @description A tool the model may call. */
        Tool: components["schemas"]["FunctionTool"] | components["schemas"]["CustomTool"] | components["schemas"]["NamespaceTool"] | components["schemas"]["WebSearchTool"] | components["schemas"]["WebSearchPreviewTool"] | components["schemas"]["FileSearchTool"] | components["schemas"]["McpTool"] | components["schemas"]["ToolSearchTool"] | components["schemas"]["CodeInterpreterTool"] | components["schemas"]["ImageGenerationTool"] | components["schemas"]["ComputerTool"] | components["schemas"]["ComputerUsePreviewTool"] | components["schemas"]["LocalShellTool"] | components["schemas"]["ShellTool"] | components["schemas"]["ApplyPatchTool"] | components["schemas"]["ProgrammaticToolCallingTool"] | components["schemas"]["UnknownTool"];
        /**
         * @description A tool of a type that this contract doesn't define. It is accepted and returned unchanged, but not offered to
         *     the model.
         * @example {
         *       "type": "x_search"
         *     }
         */
        UnknownTool: {
            /** @description Any other type. One that looks like a misspelt one is refused. */
            type: `${string}:${string}`;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description A function with JSON arguments, run by the client.
         * @example {
         *       "type": "function",
         *       "name": "get_weather",
         *       "parameters": {
         *         "type": "object",
         *         "properties": {
         *           "city": {
         *             "type": "string"
         *           }
         *         }
         *       }
         *     }
         */
        FunctionTool: {
            /** @constant */
            type: "function";
            /** @description The name the model calls it by. */
            name: string;
            /** @description Its purpose, and when to call it. */
            description?: string | null;
            /** @description The JSON Schema of the arguments. Omitted, the function has no parameters. */
            parameters?: components["schemas"]["JsonSchema"] | null;
            /** @description Passed to the agent; not validated here. */
            strict?: boolean | null;
            /** @description The JSON Schema of the output. */
            output_schema?: components["schemas"]["JsonSchema"] | null;
            /** @description Whether the conversation can continue before the output of a call is sent. */
            async?: boolean;
            /** @description Whether the tool is loaded only by tool search. */
            defer_loading?: boolean;
            allowed_callers?: components["schemas"]["AllowedCallers"];
        };
        /** @description The allowed callers: the model (`direct`) or a program it writes (`programmatic`). */
        AllowedCallers: components["schemas"]["AllowedCaller"][] | null;
        /**
         * @description A caller of a tool.
         * @enum {string}
         */
        AllowedCaller: "direct" | "programmatic";
        /**
         * @description A tool with free-form text as its input, run by the client.
         * @example {
         *       "type": "custom",
         *       "name": "apply_patch",
         *       "format": {
         *         "type": "grammar",
         *         "syntax": "lark",
         *         "definition": "start: /.+/"
         *       }
         *     }
         */
        CustomTool: {
            /** @constant */
            type: "custom";
            /** @description The name the model calls it by. */
            name: string;
            /** @description Its purpose, and when to call it. */
            description?: string | null;
            format?: components["schemas"]["CustomToolFormat"] | null;
            /** @description Whether the conversation can continue before the output of a call is sent. */
            async?: boolean;
            /** @description Whether the tool is loaded only by tool search. */
            defer_loading?: boolean;
            allowed_callers?: components["schemas"]["AllowedCallers"];
        };
        /** @description Tools under a common name, such as those of one MCP server, run by the client. */
        NamespaceTool: {
            /** @constant */
            type: "namespace";
            /** @description The common name, returned as `namespace` in calls. */
            name: string;
            /** @description The purpose of the tools. */
            description?: string | null;
            /** @description The tools. */
            tools: components["schemas"]["NamespacedTool"][];
        };
        /** @description A tool in a namespace. */
        NamespacedTool: components["schemas"]["FunctionTool"] | components["schemas"]["CustomTool"];
        /** @description Whether the model may or must call a tool, and which. */
        ToolChoice: components["schemas"]["ToolChoiceMode"] | components["schemas"]["ToolChoiceFunction"] | components["schemas"]["ToolChoiceCustom"] | components["schemas"]["ToolChoiceAllowedTools"] | components["schemas"]["ToolChoiceMcp"] | components["schemas"]["ToolChoiceHosted"];
        /**
         * @description The model may call no tool (`none`), any tool (`auto`), or must call at least one (`required`).
         * @enum {string}
         */
        ToolChoiceMode: "none" | "auto" | "required";
        /** @description Requires a call of this function. */
        ToolChoiceFunction: {
            /** @constant */
            type: "function";
            /** @description The function's name. */
            name: string;
        };
        /** @description Requires a call of this custom tool. */
        ToolChoiceCustom: {
            /** @constant */
            type: "custom";
            /** @description The tool's name. */
            name: string;
        };
        /**
         * @description Restricts calls to some of the tools. Name a tool in a namespace by its own name or as `namespace.name`;
         *     `{type: namespace, name}` allows all of its tools.
         * @example {
         *       "type": "allowed_tools",
         *       "mode": "required",
         *       "tools": [
         *         {
         *           "type": "function",
         *           "name": "get_weather"
         *         }
         *       ]
         *     }
         */
        ToolChoiceAllowedTools: {
            /** @constant */
            type: "allowed_tools";
            /** @description Default: `auto`. */
            mode?: components["schemas"]["ToolChoiceMode"] | null;
            /** @description The allowed tools. */
            tools: components["schemas"]["AllowedTool"][];
        };
        /** @description A reference to one of the offered tools. */
        AllowedTool: {
            /** @description The type of tool. */
            type?: string;
            /** @description The tool's name. */
            name?: string;
            /** @description The label of the MCP server that the tools belong to. */
            server_label?: string;
        };
        /** @description A turn with its settings. */
        ResponseResource: {
            /**
             * @description The response's ID.
             * @example resp_cbf88d576d58fb3e82404768e8248e0d
             */
            id: string;
            /** @constant */
            object: "response";
            /**
             * @description When it started, in Unix seconds.
             * @example 1795438010
             */
            created_at: number;
            /** @description When it completed, in Unix seconds; `null` unless it completed. */
            completed_at: number | null;
            status: components["schemas"]["ResponseStatus"];
            /** @description Why the response failed. */
            error: components["schemas"]["ResponseFailure"] | null;
            /** @description Why the response is incomplete. */
            incomplete_details: components["schemas"]["IncompleteDetails"] | null;
            /** @description The model that answered. */
            model: string;
            /** @description The instructions that applied, including those carried over. */
            instructions: string | null;
            /** @description The ID of the response that it continues. */
            previous_response_id: string | null;
            /** @description The output items, in order. */
            output: components["schemas"]["OutputItem"][];
            /** @description Token counts; `null` until they are known. */
            usage: components["schemas"]["ResponseUsage"] | null;
            /** @description The tools that were offered to the model. */
            tools: components["schemas"]["ToolEcho"][];
            tool_choice: components["schemas"]["ToolChoiceEcho"];
            /** @description Whether the model was allowed to make several calls in one turn. */
            parallel_tool_calls: boolean;
            /** @description The limit in the request. */
            max_tool_calls: number | null;
            text: components["schemas"]["TextSettingsEcho"];
            /** @description The reasoning options that applied. */
            reasoning: components["schemas"]["ReasoningSettingsEcho"] | null;
            /** @description The limit in the request. */
            max_output_tokens: number | null;
            /** @description The value in the request, or the default. */
            temperature: number;
            /** @description The value in the request, or the default. */
            top_p: number;
            /** @description The value in the request, or the default. */
            presence_penalty: number;
            /** @description The value in the request, or the default. */
            frequency_penalty: number;
            /** @description The value in the request, or the default. */
            top_logprobs: number;
            truncation: components["schemas"]["Truncation"];
            /** @description Whether the response is stored. */
            store: boolean;
            /** @description Whether the response runs in the background. */
            background: boolean;
            /** @description The value in the request. */
            background_options?: components["schemas"]["BackgroundOptions"];
            /** @description The service tier used. */
            service_tier: string;
            metadata: components["schemas"]["Metadata"];
            /** @description The value in the request. */
            safety_identifier: string | null;
            /** @description The value in the request. */
            prompt_cache_key: string | null;
            prompt_cache_retention?: components["schemas"]["PromptCacheRetention"] | null;
            /** @description The value in the request. */
            user?: string;
            /** @description The conversation of the response. */
            conversation?: components["schemas"]["ConversationId"] | null;
            /** @description The access programs used. This server has none. */
            access_programs: components["schemas"]["JsonObject"] | null;
            image?: components["schemas"]["ImageSettingsEcho"];
            prompt_cache_diagnostics?: components["schemas"]["PromptCacheDiagnostics"];
        };
        /** @description The image options that applied. Reported if the request has `image`. */
        ImageSettingsEcho: {
            context_compression: components["schemas"]["AppliedImageCompression"];
        };
        /**
         * @description The policy for images that applied.
         * @enum {string}
         */
        AppliedImageCompression: "enabled" | "disabled";
        /** @description How the prompt cache was used. Reported if the request names a response to compare with. */
        PromptCacheDiagnostics: {
            type: components["schemas"]["PromptCacheResult"];
        };
        /**
         * @description The result of a comparison. This server reports `unavailable`.
         * @enum {string}
         */
        PromptCacheResult: "cache_miss" | "cache_hit" | "comparison_response_not_found" | "unavailable";
        /**
         * @description The status of a response.
         * @enum {string}
         */
        ResponseStatus: "completed" | "failed" | "in_progress" | "cancelled" | "queued" | "incomplete";
        /** @description Why a response failed. */
        ResponseFailure: {
            /**
             * @description A code for programs: the one a plain reply would have, such as `upstream_error`, `run_timeout` or
             *     `rate_limit_exceeded`.
             */
            code: string;
            /** @description An explanation for people. */
            message: string;
            /** @description The category, as in `ErrorDetail`. */
            type?: string;
            /** @description The path of the parameter at fault. */
            param?: string | null;
        };
        /** @description Why a response is incomplete. */
        IncompleteDetails: {
            /** @description The reason. */
            reason: components["schemas"]["IncompleteReason"];
        };
        /** @description Why a response ended early. An agent's own reason passes as it is, so there can be others. */
        IncompleteReason: components["schemas"]["KnownIncompleteReason"] | components["schemas"]["Text"];
        /**
         * @description Why a response ended early. `interrupted`: the agent ended its answer without a reason, or for one that has no
         *     other name here. `max_iterations`: the model was called `AGENT_MAX_ITERATIONS` times. `max_tool_calls`: the
         *     model asked for more calls than the request allows. `run_timeout`: the run reached its time limit.
         *     `budget_exceeded`: the tenant has used its tokens. `steered`: input of `response.steer` continues in another
         *     response.
         * @enum {string}
         */
        KnownIncompleteReason: "max_output_tokens" | "content_filter" | "interrupted" | "max_messages" | "steered" | "max_iterations" | "max_tool_calls" | "run_timeout" | "budget_exceeded";
        /** @description Token counts. */
        ResponseUsage: {
            /** @description The number of input tokens. */
            input_tokens: number;
            input_tokens_details: components["schemas"]["InputTokensDetails"];
            /** @description The number of output tokens, reasoning included. */
            output_tokens: number;
            output_tokens_details: components["schemas"]["OutputTokensDetails"];
            /** @description The total number of tokens. */
            total_tokens: number;
        };
        /** @description A breakdown of the input tokens. */
        InputTokensDetails: {
            /** @description The number of cached tokens. */
            cached_tokens: number;
            /** @description The number of tokens written to a cache. */
            cache_write_tokens: number;
        };
        /** @description A breakdown of the output tokens. */
        OutputTokensDetails: {
            /** @description The number of reasoning tokens. */
            reasoning_tokens: number;
        };
        /** @description A tool that was offered to the model. */
        ToolEcho: components["schemas"]["FunctionToolEcho"] | components["schemas"]["CustomTool"] | components["schemas"]["NamespaceTool"] | components["schemas"]["WebSearchTool"] | components["schemas"]["WebSearchPreviewTool"] | components["schemas"]["FileSearchTool"] | components["schemas"]["McpTool"] | components["schemas"]["ToolSearchTool"] | components["schemas"]["CodeInterpreterTool"] | components["schemas"]["ImageGenerationTool"] | components["schemas"]["ComputerTool"] | components["schemas"]["ComputerUsePreviewTool"] | components["schemas"]["LocalShellTool"] | components["schemas"]["ShellTool"] | components["schemas"]["ApplyPatchTool"] | components["schemas"]["ProgrammaticToolCallingTool"] | components["schemas"]["UnknownTool"];
        /** @description A function that was offered to the model, with every field. */
        FunctionToolEcho: {
            /** @constant */
            type: "function";
            /** @description The name the model calls it by. */
            name: string;
            /** @description Its purpose, and when to call it. */
            description: string | null;
            /** @description The JSON Schema of the arguments. */
            parameters: components["schemas"]["JsonSchema"] | null;
            /** @description Passed to the agent; not validated here. */
            strict: boolean | null;
            /** @description The JSON Schema of the output. */
            output_schema?: components["schemas"]["JsonSchema"] | null;
            /** @description Whether the conversation can continue before the output of a call is sent. */
            async?: boolean;
            /** @description Whether the tool is loaded only by tool search. */
            defer_loading?: boolean;
            allowed_callers?: components["schemas"]["AllowedCallers"];
        };
        /** @description The tool choice that applied. */
        ToolChoiceEcho: components["schemas"]["ToolChoiceMode"] | components["schemas"]["ToolChoiceFunction"] | components["schemas"]["ToolChoiceCustom"] | components["schemas"]["ToolChoiceAllowedToolsEcho"] | components["schemas"]["ToolChoiceMcp"] | components["schemas"]["ToolChoiceHosted"];
        /** @description Calls were restricted to some of the tools. */
        ToolChoiceAllowedToolsEcho: {
            /** @constant */
            type: "allowed_tools";
            mode: components["schemas"]["ToolChoiceMode"];
            /** @description The allowed tools. */
            tools: components["schemas"]["AllowedTool"][];
        };
        /** @description The format of the output text. */
        TextSettingsEcho: {
            format: components["schemas"]["TextFormatEcho"];
            verbosity?: components["schemas"]["Verbosity"];
        };
        /** @description Plain text, any JSON object, or JSON that matches a schema. */
        TextFormatEcho: components["schemas"]["TextFormatText"] | components["schemas"]["TextFormatJsonObject"] | components["schemas"]["TextFormatJsonSchemaEcho"];
        /** @description JSON that matches a schema, with every field. */
        TextFormatJsonSchemaEcho: {
            /** @constant */
            type: "json_schema";
            /** @description The name of the format, shown to the model. */
            name: string;
            /** @description The purpose of the format, shown to the model. */
            description: string | null;
            schema: components["schemas"]["JsonSchema"];
            /** @description Whether the output must match the schema. */
            strict: boolean;
        };
        /** @description The reasoning options that applied. */
        ReasoningSettingsEcho: {
            effort: components["schemas"]["ReasoningEffort"] | null;
            summary: components["schemas"]["ReasoningSummaryStyle"] | null;
            context?: components["schemas"]["ReasoningContext"] | null;
        };
        /** @description Confirms that a response is deleted. */
        DeletedResponse: {
            /** @description The deleted response's ID. */
            id: string;
            /** @constant */
            object: "response";
            /** @constant */
            deleted: true;
        };
        /**
         * @description An output item. This server produces `message`, `function_call`, `custom_tool_call`, `function_call_output` (of
         *     tools that the agent ran itself), `reasoning` and `compaction`. Items of other types come from an agent that
         *     speaks the Responses API, and pass as they came. That includes types that aren't listed here: skip those you
         *     don't know.
         */
        OutputItem: components["schemas"]["OutputMessage"] | components["schemas"]["FunctionToolCall"] | components["schemas"]["FunctionToolCallOutput"] | components["schemas"]["ReasoningItem"] | components["schemas"]["CustomToolCall"] | components["schemas"]["CustomToolCallOutput"] | components["schemas"]["CompactionItem"] | components["schemas"]["McpCall"] | components["schemas"]["McpListTools"] | components["schemas"]["McpApprovalRequest"] | components["schemas"]["McpApprovalResponse"] | components["schemas"]["AdditionalTools"] | components["schemas"]["ToolSearchCall"] | components["schemas"]["ToolSearchOutput"] | components["schemas"]["WebSearchCall"] | components["schemas"]["FileSearchCall"] | components["schemas"]["CodeInterpreterCall"] | components["schemas"]["ImageGenerationCall"] | components["schemas"]["ComputerCall"] | components["schemas"]["ComputerCallOutput"] | components["schemas"]["LocalShellCall"] | components["schemas"]["LocalShellCallOutput"] | components["schemas"]["ShellCall"] | components["schemas"]["ShellCallOutput"] | components["schemas"]["ApplyPatchCall"] | components["schemas"]["ApplyPatchCallOutput"] | components["schemas"]["Program"] | components["schemas"]["ProgramOutput"];
        /** @description A stored item, with its `id`, its `status` and every field of its type. */
        Item: components["schemas"]["OutputItem"] | components["schemas"]["InputMessageEcho"] | components["schemas"]["ConfigurationUpdate"] | components["schemas"]["UnknownItem"];
        /** @description A stored item of a type that this contract doesn't define, as it was sent. */
        UnknownItem: {
            type: components["schemas"]["UnknownItemType"];
            /** @description The item's ID. */
            id: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description A stored message to the model. Text sent as a string is a part here.
         * @example {
         *       "type": "message",
         *       "id": "msg_0d107d09f5bbe40cade3de5c71e9e9b7",
         *       "status": "completed",
         *       "role": "user",
         *       "content": [
         *         {
         *           "type": "input_text",
         *           "text": "Hello!"
         *         }
         *       ]
         *     }
         */
        InputMessageEcho: {
            /** @constant */
            type: "message";
            /** @description The item's ID. */
            id: string;
            status: components["schemas"]["ItemStatus"];
            /** @description The author's role. */
            role: components["schemas"]["InputMessageRole"];
            /** @description The content parts. */
            content: components["schemas"]["InputPartEcho"][];
        };
        /**
         * @description The author's role.
         * @enum {string}
         */
        InputMessageRole: "user" | "system" | "developer";
        /** @description A message of the model. */
        OutputMessage: {
            /** @constant */
            type: "message";
            /** @description The item's ID. */
            id: string;
            status: components["schemas"]["ItemStatus"];
            /** @constant */
            role: "assistant";
            /** @description The content parts. */
            content: components["schemas"]["OutputMessagePart"][];
            phase?: components["schemas"]["MessagePhase"];
            provider_data?: components["schemas"]["ProviderData"];
        };
        /** @description A content part. */
        OutputMessagePart: components["schemas"]["OutputText"] | components["schemas"]["Refusal"];
        /** @description A content part of the model's output. */
        OutputContentPart: components["schemas"]["OutputText"] | components["schemas"]["Refusal"] | components["schemas"]["ReasoningText"];
        /** @description The model's text. */
        OutputText: {
            /** @constant */
            type: "output_text";
            /** @description The text. */
            text: string;
            /** @description The sources of the text. */
            annotations: components["schemas"]["Annotation"][];
            /** @description The log probabilities, if requested. */
            logprobs: components["schemas"]["TokenLogprob"][];
        };
        /** @description A refusal of the model. */
        Refusal: {
            /** @constant */
            type: "refusal";
            /** @description The refusal text. */
            refusal: string;
        };
        /** @description Reasoning of the model. */
        ReasoningText: {
            /** @constant */
            type: "reasoning_text";
            /** @description The reasoning text. */
            text: string;
        };
        /** @description A summary of the model's reasoning. */
        SummaryText: {
            /** @constant */
            type: "summary_text";
            /** @description The summary of the reasoning. */
            text: string;
        };
        /** @description A source of a passage of the text. */
        Annotation: components["schemas"]["UrlCitation"] | components["schemas"]["FileCitation"] | components["schemas"]["ContainerFileCitation"] | components["schemas"]["FilePath"];
        /** @description A web page that the text cites. */
        UrlCitation: {
            /** @constant */
            type: "url_citation";
            /** @description The page's URL. */
            url: string;
            /** @description The page's title. */
            title: string;
            /** @description The start of the citing passage in the text. */
            start_index: number;
            /** @description The end of the citing passage in the text. */
            end_index: number;
        };
        /** @description An uploaded file that the text cites. */
        FileCitation: {
            /** @constant */
            type: "file_citation";
            /** @description The file's ID. */
            file_id: string;
            /** @description The index in the list of files. */
            index: number;
            /** @description The file's name. */
            filename: string;
        };
        /** @description A file in a container that the text cites. */
        ContainerFileCitation: {
            /** @constant */
            type: "container_file_citation";
            /** @description The container's ID. */
            container_id: string;
            /** @description The file's ID. */
            file_id: string;
            /** @description The file's name. */
            filename: string;
            /** @description The start of the citing passage in the text. */
            start_index: number;
            /** @description The end of the citing passage in the text. */
            end_index: number;
        };
        /** @description A file that was created. */
        FilePath: {
            /** @constant */
            type: "file_path";
            /** @description The file's ID. */
            file_id: string;
            /** @description The index in the list of files. */
            index: number;
        };
        /** @description A token with its most likely alternatives. */
        TokenLogprob: {
            /** @description The token. */
            token: string;
            /** @description Its log probability. */
            logprob: number;
            /** @description Its UTF-8 bytes. */
            bytes: number[];
            /** @description The alternatives. */
            top_logprobs: components["schemas"]["TopLogprob"][];
        };
        /** @description An alternative to a token. */
        TopLogprob: {
            /** @description The token. */
            token: string;
            /** @description Its log probability. */
            logprob: number;
            /** @description Its UTF-8 bytes. */
            bytes: number[];
        };
        /** @description A function call to run. */
        FunctionToolCall: {
            /** @constant */
            type: "function_call";
            /** @description The item's ID. */
            id: string;
            /** @description The call's ID. Send it as `call_id` of the output. */
            call_id: string;
            /** @description The function's name. */
            name: string;
            /** @description The arguments as JSON text, as the model wrote it. It can be invalid. */
            arguments: string;
            status: components["schemas"]["ItemStatus"];
            /** @description The function's namespace. */
            namespace?: string;
            /** @description Whether the output may come in a later turn. */
            async?: boolean;
            provider_data?: components["schemas"]["ProviderData"];
        };
        /**
         * @description Opaque data of the agent's provider, such as a signature of its thoughts. If you keep the history yourself, send
         *     it back unchanged with its item: some providers refuse the next turn without it. It reaches only the agent that
         *     sent it.
         */
        ProviderData: {
            /** @description The name of the agent that sent the data. */
            agent?: string;
            /** @description The data of this call, by its name. */
            fields?: components["schemas"]["JsonObject"];
            /** @description The data of the message that this item is part of, by its name. */
            message_fields?: components["schemas"]["JsonObject"];
        };
        /** @description The output of a function that the agent ran itself. */
        FunctionToolCallOutput: {
            /** @constant */
            type: "function_call_output";
            /** @description The item's ID. */
            id: string;
            /** @description The ID of the call. */
            call_id: string;
            output: components["schemas"]["ToolOutput"];
            status: components["schemas"]["ItemStatus"];
        };
        /** @description Text, or a list of parts. */
        ToolOutput: components["schemas"]["Text"] | components["schemas"]["InputPartEchos"];
        /** @description A list of parts. */
        InputPartEchos: components["schemas"]["InputPartEcho"][];
        /** @description A content part of an input message or a tool's output. */
        InputPartEcho: components["schemas"]["InputTextEcho"] | components["schemas"]["InputImageEcho"] | components["schemas"]["InputFileEcho"];
        /** @description A text part. */
        InputTextEcho: {
            /** @constant */
            type: "input_text";
            /** @description The text. */
            text: string;
        };
        /** @description An image part. */
        InputImageEcho: {
            /** @constant */
            type: "input_image";
            /** @description The image's URL. */
            image_url: string | null;
            detail: components["schemas"]["ImageDetail"];
            /** @description The ID of the uploaded file. */
            file_id?: string;
        };
        /** @description A file part. */
        InputFileEcho: {
            /** @constant */
            type: "input_file";
            /** @description The file's name. */
            filename?: string;
            /** @description The file's content, as a data URL or in base64. */
            file_data?: string;
            /** @description The file's URL. */
            file_url?: string;
            /** @description The ID of the uploaded file. */
            file_id?: string;
        };
        /** @description Reasoning of the model, in `content`, or in `summary` if `reasoning.summary` requested summaries. */
        ReasoningItem: {
            /** @constant */
            type: "reasoning";
            /** @description The item's ID. */
            id: string;
            /** @description The summary, if any. */
            summary: components["schemas"]["SummaryText"][];
            /** @description The reasoning text. */
            content?: components["schemas"]["ReasoningText"][];
            /**
             * @description The reasoning, encrypted so that only this server can read it, or only the agent if it speaks the Responses
             *     API. With `store: false` it can also be a call that the server ran, with its result.
             */
            encrypted_content?: string;
            status: components["schemas"]["ItemStatus"];
            provider_data?: components["schemas"]["ProviderData"];
        };
        /** @description A custom tool call to run. */
        CustomToolCall: {
            /** @constant */
            type: "custom_tool_call";
            /** @description The item's ID. */
            id: string;
            /** @description The call's ID. Send it as `call_id` of the output. */
            call_id: string;
            /** @description The tool's name. */
            name: string;
            /** @description The input the model wrote. */
            input: string;
            status: components["schemas"]["ItemStatus"];
            /** @description The tool's namespace. */
            namespace?: string;
            /** @description Whether the output may come in a later turn. */
            async?: boolean;
            provider_data?: components["schemas"]["ProviderData"];
        };
        /** @description The output of a custom tool call. */
        CustomToolCallOutput: {
            /** @constant */
            type: "custom_tool_call_output";
            /** @description The item's ID. */
            id: string;
            /** @description The ID of the call. */
            call_id: string;
            output: components["schemas"]["ToolOutput"];
            status: components["schemas"]["ItemStatus"];
        };
        /** @description A compacted history. Send it back in place of the items it replaces. */
        CompactionItem: {
            /** @constant */
            type: "compaction";
            /** @description The item's ID. */
            id: string;
            /** @description The history, sealed so that only this server can read it. */
            encrypted_content: string;
            /** @description The creator of the item. */
            created_by?: string;
            status: components["schemas"]["ItemStatus"];
        };
        /** @description Tools that were offered during the conversation. */
        AdditionalTools: {
            /** @constant */
            type: "additional_tools";
            /** @description The item's ID. */
            id: string;
            /** @description The role that offered the tools. */
            role: components["schemas"]["AdditionalToolsRole"];
            /** @description The tools. */
            tools: components["schemas"]["ToolEcho"][];
        };
        /**
         * @description A role that can offer tools.
         * @enum {string}
         */
        AdditionalToolsRole: "unknown" | "user" | "assistant" | "system" | "critic" | "discriminator" | "developer" | "tool";
        /** @description Settings that changed during the conversation. */
        ConfigurationUpdate: {
            /** @constant */
            type: "configuration_update";
            /** @description The item's ID. */
            id: string;
            reasoning?: components["schemas"]["ReasoningUpdate"];
            text?: components["schemas"]["TextUpdateEcho"];
        };
        /** @description The new output format. */
        TextUpdateEcho: {
            format: components["schemas"]["TextUpdateFormatEcho"];
        };
        /** @description Plain text, or JSON that matches a schema. */
        TextUpdateFormatEcho: components["schemas"]["TextFormatText"] | components["schemas"]["TextFormatJsonSchemaEcho"];
        /** @description One page of items. */
        ItemList: {
            /** @constant */
            object: "list";
            /** @description The items. */
            data: components["schemas"]["Item"][];
            first_id: components["schemas"]["FirstId"];
            last_id: components["schemas"]["LastId"];
            has_more: components["schemas"]["HasMore"];
        };
        /** @description Input to count, as in `createResponse`. `null` in a field is the same as omitting it. */
        CountInputTokensRequest: {
            /** @description The new input of the turn. */
            input?: components["schemas"]["ResponseInput"] | null;
            /** @description The ID of the model, from `listModels`. */
            model?: string | null;
            /** @description Instructions for the model. They carry over as in `createResponse`. */
            instructions?: string | null;
            /** @description The ID of the response to continue. */
            previous_response_id?: string | null;
            /** @description The conversation of the turn. Can't be combined with `previous_response_id`. */
            conversation?: components["schemas"]["ConversationReference"] | null;
            /** @description The tools the model could call. */
            tools?: components["schemas"]["Tool"][] | null;
            tool_choice?: components["schemas"]["ToolChoice"] | null;
            /** @description Whether the model could make several calls in one turn. */
            parallel_tool_calls?: boolean | null;
            text?: components["schemas"]["TextSettings"] | null;
            reasoning?: components["schemas"]["ReasoningSettings"] | null;
            truncation?: components["schemas"]["Truncation"] | null;
            /** @description A provider's personality setting. Accepted and ignored. */
            personality?: string | null;
        };
        /** @description The number of input tokens. */
        InputTokenCount: {
            /** @constant */
            object: "response.input_tokens";
            /** @description The token count. */
            input_tokens: number;
        };
        /** @description A history to compact. `null` in a field is the same as omitting it. */
        CompactResponseRequest: {
            /**
             * @description The ID of the model that writes the summary, from `listModels`. Without it, the request is refused with
             *     `missing_required_parameter`.
             */
            model?: string | null;
            /** @description The history, or the items after that of `previous_response_id`. One of the two is required. */
            input?: components["schemas"]["ResponseInput"] | null;
            /** @description The ID of the response whose history to compact. */
            previous_response_id?: string | null;
            /** @description Instructions for the model, also while it summarises. */
            instructions?: string | null;
            /** @description Groups requests with a common prompt prefix. Names the session when no header does. */
            prompt_cache_key?: string | null;
            prompt_cache_retention?: components["schemas"]["PromptCacheRetention"] | null;
            prompt_cache_options?: components["schemas"]["PromptCacheOptions"] | null;
            /** @description The service tier. Accepted and ignored. */
            service_tier?: string | null;
        };
        /** @description A compacted history. */
        CompactedResponse: {
            /**
             * @description The compaction's ID. It can't be continued.
             * @example resp_4a7d1ed414474e4033ac29ccb8653d9b
             */
            id: string;
            /** @constant */
            object: "response.compaction";
            /** @description When it was created, in Unix seconds. */
            created_at: number;
            /** @description The items that replace the history: system and developer messages, then one `compaction` item. */
            output: components["schemas"]["Item"][];
            usage: components["schemas"]["ResponseUsage"];
        };
        /**
         * @description The JSON of one `data:` line. `sequence_number` counts from 0 without gaps. The events of hosted tools come from
         *     the tools that they are mapped to, or from an agent that speaks the Responses API. Such an agent may send events
         *     of types that aren't listed here: skip those you don't know.
         */
        ResponseStreamEvent: components["schemas"]["ResponseCreatedEvent"] | components["schemas"]["ResponseQueuedEvent"] | components["schemas"]["ResponseInProgressEvent"] | components["schemas"]["ResponseCompletedEvent"] | components["schemas"]["ResponseIncompleteEvent"] | components["schemas"]["ResponseFailedEvent"] | components["schemas"]["OutputItemAddedEvent"] | components["schemas"]["OutputItemDoneEvent"] | components["schemas"]["ContentPartAddedEvent"] | components["schemas"]["ContentPartDoneEvent"] | components["schemas"]["OutputTextDeltaEvent"] | components["schemas"]["OutputTextDoneEvent"] | components["schemas"]["OutputTextAnnotationAddedEvent"] | components["schemas"]["RefusalDeltaEvent"] | components["schemas"]["RefusalDoneEvent"] | components["schemas"]["FunctionCallArgumentsDeltaEvent"] | components["schemas"]["FunctionCallArgumentsDoneEvent"] | components["schemas"]["CustomToolCallInputDeltaEvent"] | components["schemas"]["CustomToolCallInputDoneEvent"] | components["schemas"]["ReasoningTextDeltaEvent"] | components["schemas"]["ReasoningTextDoneEvent"] | components["schemas"]["ReasoningSummaryPartAddedEvent"] | components["schemas"]["ReasoningSummaryPartDoneEvent"] | components["schemas"]["ReasoningSummaryTextDeltaEvent"] | components["schemas"]["ReasoningSummaryTextDoneEvent"] | components["schemas"]["ErrorEvent"] | components["schemas"]["KeepAliveEvent"] | components["schemas"]["WebSearchCallInProgressEvent"] | components["schemas"]["WebSearchCallSearchingEvent"] | components["schemas"]["WebSearchCallCompletedEvent"] | components["schemas"]["FileSearchCallInProgressEvent"] | components["schemas"]["FileSearchCallSearchingEvent"] | components["schemas"]["FileSearchCallCompletedEvent"] | components["schemas"]["CodeInterpreterCallInProgressEvent"] | components["schemas"]["CodeInterpreterCallInterpretingEvent"] | components["schemas"]["CodeInterpreterCallCompletedEvent"] | components["schemas"]["CodeInterpreterCallCodeDeltaEvent"] | components["schemas"]["CodeInterpreterCallCodeDoneEvent"] | components["schemas"]["ImageGenerationCallInProgressEvent"] | components["schemas"]["ImageGenerationCallGeneratingEvent"] | components["schemas"]["ImageGenerationCallCompletedEvent"] | components["schemas"]["ImageGenerationCallPartialImageEvent"] | components["schemas"]["McpCallInProgressEvent"] | components["schemas"]["McpCallCompletedEvent"] | components["schemas"]["McpCallFailedEvent"] | components["schemas"]["McpCallArgumentsDeltaEvent"] | components["schemas"]["McpCallArgumentsDoneEvent"] | components["schemas"]["McpListToolsInProgressEvent"] | components["schemas"]["McpListToolsCompletedEvent"] | components["schemas"]["McpListToolsFailedEvent"] | components["schemas"]["McpCallProgressEvent"] | components["schemas"]["ShellCallCommandAddedEvent"] | components["schemas"]["ShellCallCommandDeltaEvent"] | components["schemas"]["ShellCallCommandDoneEvent"] | components["schemas"]["ShellCallOutputContentDeltaEvent"] | components["schemas"]["ShellCallOutputContentDoneEvent"] | components["schemas"]["AudioDeltaEvent"] | components["schemas"]["AudioDoneEvent"] | components["schemas"]["AudioTranscriptDeltaEvent"] | components["schemas"]["AudioTranscriptDoneEvent"] | components["schemas"]["CompactionCompactingEvent"] | components["schemas"]["SteerAcceptedEvent"];
        /** @description The event's position in the stream, from 0. */
        SequenceNumber: number;
        /** @description The item's index in `output`. */
        OutputIndex: number;
        /** @description The item's ID. */
        ItemId: string;
        /** @description The part's index in the item's `content`. */
        ContentIndex: number;
        /** @description The part's index in the item's `summary`. */
        SummaryIndex: number;
        /** @description The first event. The agent accepted the request; for a background response, the server did. */
        ResponseCreatedEvent: {
            /** @constant */
            type: "response.created";
            sequence_number: components["schemas"]["SequenceNumber"];
            response: components["schemas"]["ResponseResource"];
        };
        /** @description The response is queued. */
        ResponseQueuedEvent: {
            /** @constant */
            type: "response.queued";
            sequence_number: components["schemas"]["SequenceNumber"];
            response: components["schemas"]["ResponseResource"];
        };
        /** @description The agent is running. */
        ResponseInProgressEvent: {
            /** @constant */
            type: "response.in_progress";
            sequence_number: components["schemas"]["SequenceNumber"];
            response: components["schemas"]["ResponseResource"];
        };
        /** @description Terminal event: the response completed. It is already stored. */
        ResponseCompletedEvent: {
            /** @constant */
            type: "response.completed";
            sequence_number: components["schemas"]["SequenceNumber"];
            response: components["schemas"]["ResponseResource"];
        };
        /**
         * @description Terminal event: the response ended early, see `incomplete_details`. With the `status` `cancelled` it was
         *     stopped, by `cancelResponse` or because its client disconnected.
         */
        ResponseIncompleteEvent: {
            /** @constant */
            type: "response.incomplete";
            sequence_number: components["schemas"]["SequenceNumber"];
            response: components["schemas"]["ResponseResource"];
        };
        /** @description Terminal event: the response failed, see `error`. */
        ResponseFailedEvent: {
            /** @constant */
            type: "response.failed";
            sequence_number: components["schemas"]["SequenceNumber"];
            response: components["schemas"]["ResponseResource"];
        };
        /** @description An item starts. Fields that aren't known yet are empty. */
        OutputItemAddedEvent: {
            /** @constant */
            type: "response.output_item.added";
            sequence_number: components["schemas"]["SequenceNumber"];
            output_index: components["schemas"]["OutputIndex"];
            item: components["schemas"]["OutputItem"];
        };
        /** @description An item is finished. The event has the whole item. */
        OutputItemDoneEvent: {
            /** @constant */
            type: "response.output_item.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            output_index: components["schemas"]["OutputIndex"];
            item: components["schemas"]["OutputItem"];
        };
        /** @description A content part starts, empty. */
        ContentPartAddedEvent: {
            /** @constant */
            type: "response.content_part.added";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            content_index: components["schemas"]["ContentIndex"];
            part: components["schemas"]["OutputContentPart"];
        };
        /** @description A content part is finished. */
        ContentPartDoneEvent: {
            /** @constant */
            type: "response.content_part.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            content_index: components["schemas"]["ContentIndex"];
            part: components["schemas"]["OutputContentPart"];
        };
        /** @description The text to append. */
        OutputTextDeltaEvent: {
            /** @constant */
            type: "response.output_text.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            content_index: components["schemas"]["ContentIndex"];
            /** @description The text to append. */
            delta: string;
            /** @description The log probabilities, if requested. */
            logprobs: components["schemas"]["TokenLogprob"][];
            /** @description Padding. This server sends none. */
            obfuscation?: string;
        };
        /** @description The text is finished. */
        OutputTextDoneEvent: {
            /** @constant */
            type: "response.output_text.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            content_index: components["schemas"]["ContentIndex"];
            /** @description The whole text. */
            text: string;
            /** @description The log probabilities, if requested. */
            logprobs: components["schemas"]["TokenLogprob"][];
        };
        /** @description A source of the text. */
        OutputTextAnnotationAddedEvent: {
            /** @constant */
            type: "response.output_text.annotation.added";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            content_index: components["schemas"]["ContentIndex"];
            /** @description The index in the list of sources. */
            annotation_index: number;
            annotation: components["schemas"]["Annotation"] | null;
        };
        /** @description The refusal text to append. */
        RefusalDeltaEvent: {
            /** @constant */
            type: "response.refusal.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            content_index: components["schemas"]["ContentIndex"];
            /** @description The text to append. */
            delta: string;
            /** @description Padding. This server sends none. */
            obfuscation?: string;
        };
        /** @description The refusal is finished. */
        RefusalDoneEvent: {
            /** @constant */
            type: "response.refusal.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            content_index: components["schemas"]["ContentIndex"];
            /** @description The whole refusal. */
            refusal: string;
        };
        /** @description Arguments to append to a call. */
        FunctionCallArgumentsDeltaEvent: {
            /** @constant */
            type: "response.function_call_arguments.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The JSON text to append. */
            delta: string;
            /** @description Padding. This server sends none. */
            obfuscation?: string;
        };
        /** @description The arguments are finished. */
        FunctionCallArgumentsDoneEvent: {
            /** @constant */
            type: "response.function_call_arguments.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The function's name. */
            name: string;
            /** @description The whole JSON text. */
            arguments: string;
        };
        /** @description A part of a custom tool's input. */
        CustomToolCallInputDeltaEvent: {
            /** @constant */
            type: "response.custom_tool_call_input.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The text to append. */
            delta: string;
            /** @description Padding. This server sends none. */
            obfuscation?: string;
        };
        /** @description The input is finished. */
        CustomToolCallInputDoneEvent: {
            /** @constant */
            type: "response.custom_tool_call_input.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The whole input. */
            input: string;
        };
        /** @description Reasoning text to append. */
        ReasoningTextDeltaEvent: {
            /** @constant */
            type: "response.reasoning_text.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            content_index: components["schemas"]["ContentIndex"];
            /** @description The text to append. */
            delta: string;
            /** @description Padding. This server sends none. */
            obfuscation?: string;
        };
        /** @description The reasoning text is finished. */
        ReasoningTextDoneEvent: {
            /** @constant */
            type: "response.reasoning_text.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            content_index: components["schemas"]["ContentIndex"];
            /** @description The whole reasoning text. */
            text: string;
        };
        /** @description A summary part starts, empty. */
        ReasoningSummaryPartAddedEvent: {
            /** @constant */
            type: "response.reasoning_summary_part.added";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            summary_index: components["schemas"]["SummaryIndex"];
            part: components["schemas"]["SummaryText"];
        };
        /** @description A summary part is finished. */
        ReasoningSummaryPartDoneEvent: {
            /** @constant */
            type: "response.reasoning_summary_part.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            summary_index: components["schemas"]["SummaryIndex"];
            part: components["schemas"]["SummaryText"];
            /**
             * @description Set if the part was cut short.
             * @constant
             */
            status?: "incomplete";
        };
        /** @description Summary text to append. */
        ReasoningSummaryTextDeltaEvent: {
            /** @constant */
            type: "response.reasoning_summary_text.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            summary_index: components["schemas"]["SummaryIndex"];
            /** @description The text to append. */
            delta: string;
            /** @description Padding. This server sends none. */
            obfuscation?: string;
        };
        /** @description The text of a summary part is finished. */
        ReasoningSummaryTextDoneEvent: {
            /** @constant */
            type: "response.reasoning_summary_text.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            summary_index: components["schemas"]["SummaryIndex"];
            /** @description The whole text. */
            text: string;
        };
        /**
         * @description An error that doesn't end the response, in both known forms, flat and nested. This server ends a failed response
         *     in `response.failed` instead.
         */
        ErrorEvent: {
            /** @constant */
            type: "error";
            sequence_number: components["schemas"]["SequenceNumber"];
            /** @description A code for programs. */
            code: string | null;
            /** @description An explanation for people. */
            message: string;
            /** @description The path of the parameter at fault. */
            param: string | null;
            error: components["schemas"]["ErrorDetail"];
        };
        /** @description Keeps an idle stream open and has no content. Other servers send it; this one sends comments instead. */
        KeepAliveEvent: {
            /** @constant */
            type: "keepalive";
            sequence_number: components["schemas"]["SequenceNumber"];
        };
        /** @description Audio to append. */
        AudioDeltaEvent: {
            /** @constant */
            type: "response.audio.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            /** @description The response's ID. */
            response_id: string;
            /** @description The audio to append, in base64. */
            delta: string;
        };
        /** @description The audio is finished. */
        AudioDoneEvent: {
            /** @constant */
            type: "response.audio.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            /** @description The response's ID. */
            response_id: string;
        };
        /** @description Transcript text to append. */
        AudioTranscriptDeltaEvent: {
            /** @constant */
            type: "response.audio.transcript.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            /** @description The response's ID. */
            response_id: string;
            /** @description The text to append. */
            delta: string;
        };
        /** @description The transcript is finished. */
        AudioTranscriptDoneEvent: {
            /** @constant */
            type: "response.audio.transcript.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            /** @description The response's ID. */
            response_id: string;
        };
        /**
         * @description A compaction that a `compaction_trigger` started continues. Other servers send it at most every 30 seconds; this
         *     one adds the item once it is complete.
         */
        CompactionCompactingEvent: {
            /** @constant */
            type: "response.compaction.compacting";
            sequence_number: components["schemas"]["SequenceNumber"];
            output_index: components["schemas"]["OutputIndex"];
            item_id: components["schemas"]["ItemId"];
        };
        /**
         * @description The server owns the input of a `response.steer`, and has stored it if the response is stored. The input isn't
         *     applied yet: it's part of the next response, from its `response.created` on. The event belongs to the stream of
         *     the steered response, so a replay of that stream has it too.
         */
        SteerAcceptedEvent: {
            /** @constant */
            type: "response.steer.accepted";
            sequence_number: components["schemas"]["SequenceNumber"];
            steer: components["schemas"]["Steer"];
        };
        /** @description Accepted input of a `response.steer`. */
        Steer: {
            /**
             * @description Its ID.
             * @example steer_4a7d1ed414474e4033ac29ccb8653d9b
             */
            id: string;
            /** @description The ID of the steered response. */
            previous_response_id: string;
        };
        /**
         * @description A client frame.
         * @example {
         *       "type": "response.create",
         *       "stream_id": "lane-1",
         *       "store": false,
         *       "input": "Hello!"
         *     }
         */
        WebSocketClientMessage: components["schemas"]["WebSocketResponseCreate"] | components["schemas"]["WebSocketResponseSteer"];
        /** @description A server frame that is no error. */
        WebSocketServerMessage: components["schemas"]["WebSocketStreamEvent"] | components["schemas"]["WebSocketSteerPending"] | components["schemas"]["WebSocketSteerFailed"];
        /** @description An event of a response. */
        WebSocketStreamEvent: components["schemas"]["ResponseStreamEvent"] & components["schemas"]["WebSocketLane"];
        /** @description The lane of a frame. */
        WebSocketLane: {
            stream_id?: components["schemas"]["StreamId"];
        };
        /** @description The lane, as in the frame that started the response. Omitted in the default lane. */
        StreamId: string;
        /**
         * @description A client frame that adds input to a response that runs on this connection. The server queues it and sends
         *     `response.steer.accepted`. The response ends after the tool calls in progress, as `incomplete` with the reason
         *     `steered`, or ends before that. A successor then continues it with the queued input and the same settings, in
         *     the same lane. If the response waits for the client's tools or approvals, the server sends
         *     `response.steer.pending` instead. The queued input then precedes that of the next `response.create` that
         *     continues the response.
         *
         *     Not supported in a conversation, or with automatic compaction. `response.steer.failed` returns input that isn't
         *     used. The frame has no other fields: the lane is that of the response.
         * @example {
         *       "type": "response.steer",
         *       "previous_response_id": "resp_4a7d1ed414474e4033ac29ccb8653d9b",
         *       "input": "Hurry."
         *     }
         */
        WebSocketResponseSteer: {
            /** @constant */
            type: "response.steer";
            /** @description The ID of the running response. */
            previous_response_id: string;
            input: components["schemas"]["SteerInput"];
        };
        /** @description Text, or a list of user messages. */
        SteerInput: components["schemas"]["Text"] | components["schemas"]["SteerMessages"];
        /** @description A list of user messages. */
        SteerMessages: components["schemas"]["SteerMessage"][];
        /** @description A user message. It has no other fields. */
        SteerMessage: {
            /** @constant */
            type?: "message";
            /** @constant */
            role: "user";
            content: components["schemas"]["SteerContent"];
        };
        /** @description Text, or a list of parts. */
        SteerContent: components["schemas"]["Text"] | components["schemas"]["SteerContentParts"];
        /** @description A list of parts. */
        SteerContentParts: components["schemas"]["SteerContentPart"][];
        /** @description A part of a user message. */
        SteerContentPart: components["schemas"]["InputText"] | components["schemas"]["InputImage"] | components["schemas"]["InputFile"];
        /**
         * @description Accepted input is still queued: its response has ended and waits for the client. Continue it with one
         *     `response.create` that has these inputs, with the same `previous_response_id` and lane. The queued input
         *     precedes that of the frame. Don't send it again. Until then the server keeps it as long as the events of the
         *     response.
         */
        WebSocketSteerPending: {
            /** @constant */
            type: "response.steer.pending";
            sequence_number: components["schemas"]["SteerNumber"];
            stream_id?: components["schemas"]["StreamId"];
            steer: components["schemas"]["Steer"];
            /**
             * @description Why the input is queued.
             * @example waiting_for_required_input
             */
            reason: string;
            /** @description The inputs that the response waits for, without their results. */
            required_input: components["schemas"]["SteerRequiredInput"][];
        };
        /** @description The number after the last event of the response. The stored event log doesn't have this event. */
        SteerNumber: number;
        /** @description An input that a response waits for. Add the result. */
        SteerRequiredInput: components["schemas"]["RequiredFunctionCallOutput"] | components["schemas"]["RequiredCustomToolCallOutput"] | components["schemas"]["RequiredComputerCallOutput"] | components["schemas"]["RequiredShellCallOutput"] | components["schemas"]["RequiredApplyPatchCallOutput"] | components["schemas"]["RequiredToolSearchOutput"] | components["schemas"]["RequiredApprovalResponse"];
        /** @description Send `output`. */
        RequiredFunctionCallOutput: {
            /** @constant */
            type: "function_call_output";
            /** @description The call's ID. */
            call_id: string;
            /** @description The function. */
            name: string;
        };
        /** @description Send `output`. */
        RequiredCustomToolCallOutput: {
            /** @constant */
            type: "custom_tool_call_output";
            /** @description The call's ID. */
            call_id: string;
        };
        /** @description Send `output`. */
        RequiredComputerCallOutput: {
            /** @constant */
            type: "computer_call_output";
            /** @description The call's ID. */
            call_id: string;
        };
        /** @description Send `output`. */
        RequiredShellCallOutput: {
            /** @constant */
            type: "shell_call_output";
            /** @description The call's ID. */
            call_id: string;
        };
        /** @description Send `status`. */
        RequiredApplyPatchCallOutput: {
            /** @constant */
            type: "apply_patch_call_output";
            /** @description The call's ID. */
            call_id: string;
        };
        /** @description Send `tools`. */
        RequiredToolSearchOutput: {
            /** @constant */
            type: "tool_search_output";
            /** @description The call's ID. */
            call_id: string;
            /** @constant */
            execution: "client";
        };
        /** @description Send `approve`. */
        RequiredApprovalResponse: {
            /** @constant */
            type: "mcp_approval_response";
            /** @description The ID of the approval request. */
            approval_request_id: string;
        };
        /**
         * @description The input of a `response.steer` isn't used, and comes back. `steer.id` is set if it had been accepted: then no
         *     successor could start.
         */
        WebSocketSteerFailed: {
            /** @constant */
            type: "response.steer.failed";
            /**
             * @description For accepted input, the number after the last event of the response. For other input, the number among the
             *     refusals on the connection, from 0.
             */
            sequence_number: number;
            stream_id?: components["schemas"]["StreamId"];
            steer: components["schemas"]["RefusedSteer"];
            error: components["schemas"]["SteerError"];
        };
        /** @description The steer as the client sent it. */
        RefusedSteer: {
            /** @description The ID, if the input was accepted. */
            id?: string;
            /** @description The ID of the response. */
            previous_response_id: string;
            /** @description The input, as it was sent. */
            input: unknown;
        };
        /** @description Why the input isn't used. */
        SteerError: {
            /** @constant */
            type: "invalid_request_error";
            /**
             * @description A code for programs. `response_not_found`: no such response on this connection. `invalid_input`: the frame
             *     is invalid. `steering_not_supported`. `too_many_pending_steers`. `response_already_completed`,
             *     `response_not_active`: the response takes no more input. `successor_creation_failed`. Otherwise a code as in
             *     `ErrorDetail`.
             * @example response_not_found
             */
            code: string;
            /** @description An explanation for people. */
            message: string;
        };
        /**
         * @description A client frame that starts a turn over a WebSocket: the fields of `createResponse`, plus the frame's `type`.
         *     `stream` and `stream_options` are ignored; `background: true` returns `400`.
         * @example {
         *       "type": "response.create",
         *       "store": false,
         *       "input": "Hello!"
         *     }
         * @example {
         *       "type": "response.create",
         *       "store": false,
         *       "generate": false,
         *       "instructions": "Answer in one sentence.",
         *       "input": []
         *     }
         */
        WebSocketResponseCreate: {
            /** @constant */
            type: "response.create";
            /**
             * @description `false` adds the input without running the model: the response completes with an empty `output`, and a
             *     later turn can continue it.
             * @default true
             */
            generate?: boolean | null;
            /**
             * @description The lane of this turn: 1 to 256 letters, digits, `_`, `.` and `-`. Turns of different lanes run at the
             *     same time.
             */
            stream_id?: string | null;
        } & components["schemas"]["CreateResponseRequest"];
        /**
         * @description A turn that couldn't start, or the end of the connection. After the former, the connection stays usable.
         * @example {
         *       "type": "error",
         *       "status": 404,
         *       "error": {
         *         "type": "invalid_request_error",
         *         "code": "previous_response_not_found",
         *         "message": "Previous response not found: resp_0123456789abcdef0123456789abcdef",
         *         "param": "previous_response_id"
         *       }
         *     }
         * @example {
         *       "type": "error",
         *       "status": 400,
         *       "error": {
         *         "type": "invalid_request_error",
         *         "code": "websocket_connection_limit_reached",
         *         "message": "This connection has been open for 60 minutes. Open a new one.",
         *         "param": null
         *       }
         *     }
         */
        WebSocketErrorEvent: {
            /** @constant */
            type: "error";
            /** @description The status of the same error over HTTP. */
            status: number;
            stream_id?: components["schemas"]["StreamId"];
            error: components["schemas"]["WebSocketError"];
        };
        /** @description The error. */
        WebSocketError: {
            /** @description The category, as in `ErrorDetail`. */
            type: string;
            /** @description A code for programs, as in `ErrorDetail`. */
            code: string;
            /** @description An explanation for people. */
            message: string;
            /** @description The path of the parameter at fault. */
            param: string | null;
        };
        /** @description A conversation, without its items. */
        Conversation: {
            /**
             * @description The conversation's ID.
             * @example conv_3b5d5c3712955042212316173ccf37be
             */
            id: string;
            /** @constant */
            object: "conversation";
            /** @description When it was created, in Unix seconds. */
            created_at: number;
            metadata: components["schemas"]["Metadata"];
        };
        /** @description A conversation to create. `null` in a field is the same as omitting it. */
        CreateConversationRequest: {
            items?: components["schemas"]["NewItems"] | null;
            metadata?: components["schemas"]["Metadata"] | null;
        };
        /** @description Up to 20 items, oldest first. */
        NewItems: components["schemas"]["InputItem"][];
        /** @description Changes to a conversation. */
        UpdateConversationRequest: {
            /** @description The new pairs, which replace all old ones. `null` removes them. */
            metadata: components["schemas"]["Metadata"] | null;
        };
        /** @description Items to add to a conversation. */
        CreateConversationItemsRequest: {
            items: components["schemas"]["NewItems"];
        };
        /** @description Confirms that a conversation is deleted. */
        DeletedConversation: {
            /** @description The deleted conversation's ID. */
            id: string;
            /** @constant */
            object: "conversation.deleted";
            /** @constant */
            deleted: true;
        };
        /** @description A model that the agent offers. */
        Model: {
            /**
             * @description The name to send as `model`.
             * @example offline
             * @example llama3.2:3b
             */
            id: string;
            /** @constant */
            object: "model";
            /** @description When the model was created, in Unix seconds. */
            created: number;
            /** @description The owner of the model. */
            owned_by: string;
            /** @description Always empty. */
            permission: components["schemas"]["JsonObject"][];
            /** @description The same as `id`. */
            root: string;
            /** @description The model that this one was made from. Always `null`. */
            parent: string | null;
        };
        /** @description The available models, the default first. */
        ModelList: {
            /** @constant */
            object: "list";
            /** @description The models. */
            data: components["schemas"]["Model"][];
        };
        /**
         * @description The state of a run. `waiting_for_approval`: it has ended, and a person has to answer its approval request before
         *     it can be continued.
         * @enum {string}
         */
        RunStatus: "queued" | "running" | "waiting_for_approval" | "completed" | "incomplete" | "failed" | "cancelled";
        /**
         * @description The kind of object that a run produces.
         * @enum {string}
         */
        RunKind: "response" | "chat.completion";
        /**
         * @description A time in Unix seconds, with milliseconds as decimals.
         * @example 1764490000.125
         */
        PreciseTime: number;
        /**
         * @description A time in Unix seconds, with milliseconds as decimals; `null` if it has not come.
         * @example 1764490000.125
         */
        OptionalTime: number | null;
        /** @description The cursor of the next page, to send as `after`; `null` at the end of the list. */
        NextCursor: string | null;
        /** @description One execution of an agent, for a response or a chat completion. */
        Run: {
            /** @description The ID of the response or the chat completion. */
            id: string;
            /** @constant */
            object: "run";
            kind: components["schemas"]["RunKind"];
            /** @description The tenant that owns it. */
            tenant: string;
            status: components["schemas"]["RunStatus"];
            /** @description The configured name of the agent; `null` before it is known. */
            agent: string | null;
            /** @description The model; `null` before it is known. */
            model: string | null;
            /** @description The server that executes it, or did so last. */
            server: string;
            /** @description Whether it is a background response. */
            background: boolean;
            /** @description The number of this execution: 2 after the first recovery. */
            attempt: number;
            /** @description The request that started it, as in the server's log. */
            request_id: string | null;
            /** @description When it was accepted. */
            created_at: components["schemas"]["PreciseTime"];
            /** @description When it got its slot. */
            started_at: components["schemas"]["OptionalTime"];
            /** @description When its first output came. */
            first_output_at: components["schemas"]["OptionalTime"];
            /** @description When it ended. */
            ended_at: components["schemas"]["OptionalTime"];
            /** @description Tokens of its input, if the agent counted them. */
            input_tokens: number | null;
            /** @description Tokens of its output, if the agent counted them. */
            output_tokens: number | null;
            /** @description How often it has called a model. */
            model_calls: number;
            /** @description How often it has called a tool of an MCP server. */
            tool_calls: number;
            /** @description How many approval requests wait for an answer. */
            pending_approvals: number;
            /** @description Why it is incomplete. */
            reason: string | null;
            /** @description Why it failed or was cancelled. */
            error: components["schemas"]["RunError"] | null;
        };
        /** @description Why a run failed or was cancelled. */
        RunError: {
            /** @description The error code. */
            code: string;
            /** @description The message that its client got. */
            message: string;
        };
        /** @description One page of runs. */
        RunList: {
            /** @constant */
            object: "list";
            /** @description The runs. */
            data: components["schemas"]["Run"][];
            has_more: components["schemas"]["HasMore"];
            next: components["schemas"]["NextCursor"];
        };
        /** @description A run with its timeline. */
        RunDetails: {
            /** @constant */
            object: "run.details";
            run: components["schemas"]["Run"];
            /** @description The calls of models and tools, in the order in which they began. At most the first 100. */
            calls: components["schemas"]["RunCall"][];
            /** @description Whether `getAnyResponse` can stream its events. */
            has_events: boolean;
        };
        /** @description A call of a model or of a tool. */
        RunCall: {
            kind: components["schemas"]["RunCallKind"];
            /** @description The model or the tool. For a call that names no model, the model of the run, or `default`. */
            name: string;
            /** @description The MCP server of a tool. */
            server_label: string | null;
            /** @description The agent of a model. */
            agent: string | null;
            /** @description When it began. */
            started_at: components["schemas"]["PreciseTime"];
            /** @description When the model's first output came. */
            answered_at: components["schemas"]["OptionalTime"];
            /** @description When it ended. */
            ended_at: components["schemas"]["OptionalTime"];
            /** @description Tokens of a model's input. */
            input_tokens: number | null;
            /** @description Tokens of a model's output. */
            output_tokens: number | null;
            /** @description Why it failed. */
            error: string | null;
        };
        /**
         * @description Whether a model or a tool is called.
         * @enum {string}
         */
        RunCallKind: "model" | "tool";
        /** @description Input of a user for a running response. */
        SteerRunRequest: {
            /** @description The text of a user message. */
            input: string;
        };
        /** @description Accepted input. */
        SteeredRun: {
            /** @constant */
            object: "run.steered";
            /** @description The run that takes the input. */
            run_id: string;
            /**
             * @description The response that continues a run that has ended; `null` while the run continues. Its successor is then
             *     found in the tree of the run.
             */
            response_id: string | null;
        };
        /**
         * @description The state of an approval request.
         * @enum {string}
         */
        ApprovalStatus: "pending" | "approved" | "denied" | "expired";
        /**
         * @description Which approvals to list.
         * @enum {string}
         */
        ApprovalStatusChoice: "pending" | "answered" | "expired" | "all";
        /** @description A call of a tool that waits for a person's approval, or was answered. */
        Approval: {
            /** @description The ID of the `mcp_approval_request` item. */
            id: string;
            /** @constant */
            object: "approval";
            status: components["schemas"]["ApprovalStatus"];
            /** @description The tenant that owns it. */
            tenant: string;
            /** @description The response that asks. */
            response_id: string;
            /** @description The model that wants to call the tool. */
            model: string | null;
            /** @description The MCP server. */
            server_label: string;
            /** @description The tool. */
            tool: string;
            /** @description The arguments as JSON text, as the model wrote them; `null` if they can't be read any more. */
            arguments: string | null;
            /** @description The arguments of the tenant's last approval request for the same tool, to compare. */
            previous_arguments: string | null;
            /** @description The reason that came with the answer. */
            reason: string | null;
            /** @description The response that used the answer. */
            answered_by: string | null;
            /** @description When it was asked for. */
            created_at: components["schemas"]["PreciseTime"];
            /** @description When it expires without an answer. */
            expires_at: components["schemas"]["PreciseTime"];
            /** @description When it was answered. */
            answered_at: components["schemas"]["OptionalTime"];
        };
        /** @description One page of approvals. */
        ApprovalList: {
            /** @constant */
            object: "list";
            /** @description The approvals. */
            data: components["schemas"]["Approval"][];
            has_more: components["schemas"]["HasMore"];
            next: components["schemas"]["NextCursor"];
        };
        /** @description An answer to an approval request. */
        AnswerApprovalRequest: {
            /** @description Whether the call may run. */
            approve: boolean;
            /** @description Why, to accompany either answer. The model reads the reason of a denial. */
            reason?: string | null;
            /** @description Which further calls of this run need no approval. */
            remember?: components["schemas"]["ApprovalScope"] | null;
        };
        /**
         * @description Further calls that an approval covers: those of the tool, or of all tools of its server.
         * @enum {string}
         */
        ApprovalScope: "tool" | "server";
        /** @description A stored response in a list. */
        ResponseSummary: {
            /** @description The ID of the response. */
            id: string;
            /** @constant */
            object: "response.summary";
            /** @description The tenant that owns it. */
            tenant: string;
            /** @description The response that it continues. */
            previous_response_id: string | null;
            /** @description The conversation that it belongs to. */
            conversation_id: string | null;
            /** @description When it was created, in Unix seconds. */
            created_at: number;
            /** @description The model. */
            model: string | null;
            /** @description The status of the response. */
            status: string | null;
            /** @description The beginning of its input. */
            preview: string | null;
        };
        /** @description One page of responses. */
        ResponseSummaryList: {
            /** @constant */
            object: "list";
            /** @description The responses. */
            data: components["schemas"]["ResponseSummary"][];
            has_more: components["schemas"]["HasMore"];
            next: components["schemas"]["NextCursor"];
        };
        /** @description A chain of responses with its forks. */
        ResponseTree: {
            /** @constant */
            object: "response.tree";
            /** @description The tenant that owns it. */
            tenant: string;
            /** @description The ID of the first response; `null` if it isn't returned. */
            root: string | null;
            /** @description The responses, each after the one that it continues, if that is returned. */
            nodes: components["schemas"]["ResponseTreeNode"][];
            /** @description Whether the tree has more nodes, which aren't returned. The tree of another node has the chain to it. */
            has_more: boolean;
        };
        /** @description A response in a tree. */
        ResponseTreeNode: {
            /** @description The ID of the response. */
            id: string;
            /** @description The response that it continues. */
            parent_id: string | null;
            /** @description When it was created, in Unix seconds. */
            created_at: number;
            /** @description The model. */
            model: string | null;
            /** @description The status of the response. */
            status: string | null;
            /** @description The beginning of its input. */
            preview: string | null;
            /** @description Whether it was deleted. Others that continue it need its content. */
            deleted: boolean;
        };
        /** @description A conversation in a list. */
        ConversationSummary: {
            /** @description The ID of the conversation. */
            id: string;
            /** @constant */
            object: "conversation.summary";
            /** @description The tenant that owns it. */
            tenant: string;
            /** @description When it was created, in Unix seconds. */
            created_at: number;
            /** @description The number of its items. */
            items: number;
            metadata: components["schemas"]["Metadata"];
        };
        /** @description One page of conversations. */
        ConversationSummaryList: {
            /** @constant */
            object: "list";
            /** @description The conversations. */
            data: components["schemas"]["ConversationSummary"][];
            has_more: components["schemas"]["HasMore"];
            next: components["schemas"]["NextCursor"];
        };
        /**
         * @description The last hour, or the last day.
         * @enum {string}
         */
        LoadPeriodChoice: "hour" | "day";
        /** @description The load of a period. */
        Load: {
            /** @constant */
            object: "load";
            /** @description Where the period starts, in Unix seconds. */
            from: number;
            /** @description Where the period ends, in Unix seconds. */
            to: number;
            /** @description The length of one step. */
            step_seconds: number;
            /** @description One entry for each step and agent with requests, oldest first. */
            points: components["schemas"]["LoadPoint"][];
            /** @description One entry for each step with runs, oldest first. Peaks are of all tenants: with `tenant`, there are none. */
            peaks: components["schemas"]["LoadPeak"][];
            /** @description How many runs are running now, on all servers. */
            running: number;
            /** @description How many runs wait for a slot now, on all servers. */
            queued: number;
        };
        /** @description The load of an agent in one step. */
        LoadPoint: {
            /** @description Where the step starts, in Unix seconds. */
            at: number;
            /** @description The configured name of the agent. */
            agent: string;
            /** @description Runs that ended. */
            requests: number;
            /** @description Runs that failed. */
            errors: number;
            /** @description Runs that were cancelled, or whose client disconnected. */
            cancelled: number;
            /** @description Tokens of the input, as counted by the agent. */
            input_tokens: number;
            /** @description Tokens of the output, as counted by the agent. */
            output_tokens: number;
            /** @description Calls of tools of MCP servers. */
            tool_calls: number;
            /** @description The median time to the first output in seconds, from a histogram. */
            first_output_p50: number | null;
            /** @description The 95th percentile of that time. */
            first_output_p95: number | null;
        };
        /** @description The most runs at once in one step. */
        LoadPeak: {
            /** @description Where the step starts, in Unix seconds. */
            at: number;
            /** @description The most runs at once, on all servers. */
            running: number;
            /** @description The most waiting runs, on all servers. */
            queued: number;
        };
        /**
         * @description How a request ended. `in_progress`: its reply has not ended. `completed`: the reply was sent to its end,
         *     whatever its status. `client_left`: the client closed the connection before. `cut_short`: the server did.
         * @enum {string}
         */
        JournalOutcome: "in_progress" | "completed" | "client_left" | "cut_short";
        /** @description A request of a client, and its reply. */
        JournalEntry: {
            /** @description The `X-Request-Id` of the reply; of a WebSocket turn with its number. */
            id: string;
            /** @constant */
            object: "journal.entry";
            /** @description When the request arrived. */
            created_at: components["schemas"]["PreciseTime"];
            transport: components["schemas"]["JournalTransport"];
            /** @description The owner of the key; `null` if the key was refused. */
            tenant: string | null;
            /**
             * @description The HTTP method.
             * @example POST
             */
            method: string;
            /**
             * @description The path, without its query.
             * @example /v1/responses
             */
            path: string;
            /**
             * @description The operation of this contract; `null` for an unknown path.
             * @example createResponse
             */
            operation: string | null;
            /** @description The model that the body names. */
            model: string | null;
            /** @description The text of the last user message. */
            message: string | null;
            /** @description The headers, with lower-case names. Secrets are `[redacted]`. */
            headers: components["schemas"]["JournalHeaders"];
            /**
             * @description The body. `null`: none, not JSON, or larger than the journal keeps. Credentials for MCP servers are
             *     `[redacted]`.
             */
            body: unknown;
            /** @description Whether the body was too large for the journal. */
            body_truncated: boolean;
            outcome: components["schemas"]["JournalOutcome"];
            /** @description The HTTP status; `null`: none was sent. */
            status: number | null;
            /** @description Why the request failed or was refused. */
            error: components["schemas"]["RunError"] | null;
            /** @description From its arrival to its end; `null` before. */
            milliseconds: number | null;
            /** @description The reply so far; `null`: nothing was sent. */
            response: components["schemas"]["JournalReply"] | null;
            /**
             * @description The rule that answered, by its name, or its position if it has none: `rules[2]`.
             * @example refund
             */
            rule: string | null;
            /** @description Why the nearest rules did not match. Empty if one did. */
            unmatched_rules: components["schemas"]["UnmatchedRule"][];
        };
        /** @description Headers and their values. */
        JournalHeaders: {
            [key: string]: string;
        };
        /**
         * @description How the request was sent.
         * @enum {string}
         */
        JournalTransport: "http" | "websocket";
        /** @description A reply as its client got it. */
        JournalReply: {
            /**
             * @description The JSON of the reply. For a stream, the whole reply: the response of the terminal event, or the joined chat
             *     completion. `null` if the reply is no JSON, or a stream of a response that was cut short.
             */
            body: unknown;
            /** @description The text of the answer, as far as it was sent. */
            text: string | null;
            /** @description The function calls of the answer. */
            tool_calls: components["schemas"]["JournalToolCall"][];
            /** @description The number of events that were sent; 0: no stream. */
            events: number;
            /** @description Whether the reply was too large for the journal to keep all of it. */
            truncated: boolean;
        };
        /** @description A function call of an answer. */
        JournalToolCall: {
            /** @description The function. */
            name: string;
            /** @description Its arguments, as JSON text. */
            arguments: string;
        };
        /** @description A rule that did not match. */
        UnmatchedRule: {
            /** @description Its name, or its position: `rules[2]`. */
            rule: string;
            /** @description Why it did not match. */
            reasons: string[];
        };
        /** @description One page of requests. */
        JournalEntryList: {
            /** @constant */
            object: "list";
            /** @description The requests. */
            data: components["schemas"]["JournalEntry"][];
            has_more: components["schemas"]["HasMore"];
            next: components["schemas"]["NextCursor"];
        };
        /** @description The journal is empty. */
        JournalReset: {
            /** @constant */
            object: "journal.reset";
            /** @description The number of removed requests. */
            removed: number;
        };
        /**
         * @description Which requests match. All fields that you send must hold; without any, every request matches. In texts, `*`
         *     stands for any text and `?` for one character.
         */
        JournalMatch: {
            /**
             * @description The operation, by its name here.
             * @example createResponse
             */
            operation?: string;
            /**
             * @description The HTTP method.
             * @example POST
             */
            method?: string;
            /**
             * @description The path.
             * @example /v1/chat/completions
             */
            path?: string;
            /**
             * @description The model that the body names.
             * @example gpt-*
             */
            model?: string;
            /**
             * @description The text of the last user message.
             * @example *order 42*
             */
            message?: string;
            /** @description A text that any string of the body contains, as it is. */
            text?: string;
            /** @description Functions that the request offers, by name. */
            tools?: string[];
            headers?: components["schemas"]["JournalHeaders"];
            /**
             * @description A part of the body. An object may have further fields. An array must have the same number of elements. Texts
             *     and other values must be equal.
             */
            body?: components["schemas"]["JsonObject"];
            /** @description The tenant. */
            tenant?: string;
            transport?: components["schemas"]["JournalTransport"];
            /** @description The HTTP status. */
            status?: number;
            outcome?: components["schemas"]["JournalOutcome"];
            /** @description The rule that answered, by its name or position. */
            rule?: string;
        };
        /** @description Which requests are expected, and how many. */
        VerifyRequestsRequest: {
            match?: components["schemas"]["JournalMatch"];
            /** @description Exactly this many; 0: never. */
            count?: number;
            /** @description This many or more. */
            at_least?: number;
            /** @description This many or fewer. */
            at_most?: number;
        };
        /** @description Which requests to wait for, how many, and how long. */
        WaitForRequestsRequest: {
            match?: components["schemas"]["JournalMatch"];
            /**
             * @description This many or more.
             * @default 1
             */
            at_least?: number;
            /**
             * @description The longest wait in milliseconds.
             * @default 5000
             */
            timeout_ms?: number;
        };
        /** @description Whether the journal has the expected requests. */
        JournalVerdict: {
            /** @constant */
            object: "journal.verdict";
            /** @description Whether the number of matching requests is as expected. */
            satisfied: boolean;
            /** @description How many requests match. */
            found: number;
            /** @description The verdict, for people: expectation, count, and the nearest requests. */
            message: string;
            /** @description The matching requests, oldest first. At most the first 100. */
            data: components["schemas"]["JournalEntry"][];
            /** @description If too few match: up to three requests that nearly match. */
            nearest: components["schemas"]["NearRequest"][];
        };
        /** @description A request that nearly matches. */
        NearRequest: {
            request: components["schemas"]["JournalEntry"];
            /** @description Why it does not match. */
            reasons: string[];
        };
        /** @description The agents and the MCP servers. */
        AgentList: {
            /** @constant */
            object: "list";
            /** @description The agents, the default first. */
            data: components["schemas"]["AgentSummary"][];
            mcp_servers: components["schemas"]["McpServerStates"];
        };
        /** @description A configured agent. */
        AgentSummary: {
            /** @description Its configured name. */
            name: string;
            /** @constant */
            object: "agent";
            /**
             * @description How the server talks to it.
             * @example offline
             * @example rules
             * @example chat-completions
             * @example responses
             * @example hermes
             */
            kind: string;
            /** @description Its address, without credentials and query. */
            url: string | null;
            /** @description Whether it lists its models. An agent with configured models isn't asked and is `ok`. */
            status: components["schemas"]["CheckResult"];
            /** @description The IDs of its models. */
            models: string[];
        };
        /** @description The tenants. */
        TenantList: {
            /** @constant */
            object: "list";
            /** @description The tenants. */
            data: components["schemas"]["TenantSummary"][];
        };
        /** @description A tenant, with its limits and its use. */
        TenantSummary: {
            /** @description The name of the tenant. */
            id: string;
            /** @constant */
            object: "tenant";
            /** @description The names of its keys. */
            keys: string[];
            /** @description The agents that it may use; `null` for all. */
            agents: string[] | null;
            /** @description How long its data is kept; `null` for ever. */
            retention_days: number | null;
            limits: components["schemas"]["TenantLimits"];
            usage: components["schemas"]["TenantUsage"];
        };
        /** @description The limits of a tenant; `null` for none. */
        TenantLimits: {
            /** @description Concurrent runs. */
            runs: number | null;
            /** @description Requests per minute. */
            requests_per_minute: number | null;
            /** @description Tokens per minute. */
            tokens_per_minute: number | null;
            /** @description Tokens per day. */
            tokens_per_day: number | null;
            /** @description Bytes of stored data. */
            storage_bytes: number | null;
        };
        /** @description A tenant's current usage. */
        TenantUsage: {
            /** @description Tokens of this minute that count for its budget; `null` without a budget. */
            tokens_this_minute: number | null;
            /** @description Tokens of this day in UTC that count for its budget; `null` without a budget. */
            tokens_today: number | null;
            /** @description Runs that ended in the last 24 hours. */
            requests_last_day: number;
            /** @description Their tokens of input. */
            input_tokens_last_day: number;
            /** @description Their tokens of output. */
            output_tokens_last_day: number;
        };
        /** @description The rules of a simulated agent. The first rule that matches a request answers it. */
        RuleSet: {
            /** @description Ignored. Names the JSON Schema for editors. */
            $schema?: string;
            /** @description The rules, in the order in which they are tried. */
            rules: components["schemas"]["Rule"][];
            /** @description Makes `chance` repeatable. Defaults to 0. */
            seed?: number;
            /**
             * @description Whether a request that no rule matches is an error (`no_rule_matched`). Otherwise the offline agent answers
             *     it.
             */
            strict?: boolean;
            /**
             * @description The models to list, the default first. Defaults to the models that the rules name without `*` or `?`, else
             *     `rules`.
             */
            models?: string[];
        };
        /** @description A rule. It matches a request if all its conditions hold. */
        Rule: {
            /** @description Names the rule in messages and journals. */
            name?: string;
            when?: components["schemas"]["RuleConditions"];
            /** @description How often the rule matches. After that, later rules are tried. Omitted, there is no limit. */
            times?: number;
            /**
             * @description The share of the matching requests that the rule answers, from 0 to 1: `0.1` is one of ten. The choice
             *     depends only on `seed` and on the position of the rule.
             */
            chance?: number;
            /** @description The reply, or a list of replies to send in turn. The last one repeats. */
            reply: components["schemas"]["RuleReplies"];
        };
        /** @description A reply, or a list of replies to send in turn. The last one repeats. */
        RuleReplies: components["schemas"]["RuleReply"] | components["schemas"]["RuleReplyList"];
        /** @description Replies to send in turn. The last one repeats. */
        RuleReplyList: components["schemas"]["RuleReply"][];
        /** @description The conditions of a rule. All must hold; without any, the rule matches every request. */
        RuleConditions: {
            /** @description The requested model, with `*` for any text and `?` for one character. */
            model?: string;
            /** @description The path of the request. A WebSocket's turns have `/v1/responses`. */
            path?: components["schemas"]["RulePath"];
            /** @description The text of the last user message. */
            message?: components["schemas"]["RuleText"];
            /** @description The system and developer text, joined. */
            instructions?: components["schemas"]["RuleText"];
            /** @description Tools that must all be offered, by their names; `*` and `?` are allowed. */
            tools?: string[];
            /** @description Headers by their names, in any case. */
            headers?: components["schemas"]["RuleHeaders"];
            /** @description Whether the request asks for a stream. */
            stream?: boolean;
            /** @description Whether the request ends with the results of tool calls. */
            tool_results?: boolean;
            /** @description The number of user messages in the conversation, including the last. */
            turn?: number;
            /** @description The number of the request among those that meet all other conditions, from 1, or a list of numbers. */
            call?: components["schemas"]["RuleCalls"];
        };
        /**
         * @description The path of a request.
         * @enum {string}
         */
        RulePath: "/v1/chat/completions" | "/v1/responses";
        /** @description Conditions on headers, by their names in any case. */
        RuleHeaders: {
            [key: string]: components["schemas"]["RuleText"];
        };
        /** @description A number of a request from 1, or a list of numbers. */
        RuleCalls: components["schemas"]["RuleCall"] | components["schemas"]["RuleCallList"];
        /** @description The number of a request, from 1. */
        RuleCall: number;
        /** @description Numbers of requests, from 1. */
        RuleCallList: components["schemas"]["RuleCall"][];
        /**
         * @description A condition on a text. A plain string is a `glob`: `*` stands for any text and `?` for one character, so that a
         *     string without them is the whole text.
         */
        RuleText: components["schemas"]["Text"] | components["schemas"]["RuleTextForm"];
        /** @description A condition on a text, of one of four kinds. */
        RuleTextForm: {
            /** @description The whole text. */
            text?: string;
            /** @description A part of the text. */
            contains?: string;
            /** @description A pattern with `*` and `?` for the whole text. */
            glob?: string;
            /**
             * @description A regular expression for a part of the text, in the syntax of RE2. Its groups are variables of the reply's
             *     templates. Start it with `(?i)` to ignore case.
             */
            regex?: string;
        };
        /** @description A duration, such as `500ms`, `1.5s` or `2m`, or a number of milliseconds. */
        RuleDuration: components["schemas"]["RuleDurationText"] | components["schemas"]["RuleMilliseconds"];
        /** @description A number with a unit, `ms`, `s` or `m`. */
        RuleDurationText: string;
        /** @description A number of milliseconds. */
        RuleMilliseconds: number;
        /**
         * @description A reply: content (`reasoning`, `text`, `json`, `refusal`, `tool_calls`, in this order), a `script`, a
         *     `recording` or an HTTP `status`. Every string of the content may be a Liquid template over the request.
         */
        RuleReply: {
            /** @description The text of the answer. */
            text?: string;
            /** @description Reasoning before the answer. */
            reasoning?: string;
            /** @description A refusal. */
            refusal?: string;
            /** @description Structured output: any value, sent as the JSON text of the answer. */
            json?: unknown;
            /** @description Tool calls. */
            tool_calls?: components["schemas"]["RuleToolCall"][];
            /** @description Directives of the offline agent, one on each line. */
            script?: string;
            /** @description The path of a recording by `talaria record`, relative to the rules file. */
            recording?: string;
            /** @description The number of the exchange in the recording. Defaults to the first with an answer. */
            exchange?: number;
            /** @description An HTTP status. The reply is exactly this one, with `headers` and `body`. */
            status?: number;
            /** @description Headers of the reply with this `status`. */
            headers?: components["schemas"]["RuleReplyHeaders"];
            /**
             * @description The body of the reply with this `status`: a string is sent as it is, any other value as JSON. Defaults to an
             *     error in OpenAI's form.
             */
            body?: unknown;
            /** @description Why the answer ends. Defaults to `tool_calls` if it has tool calls, else to `stop`. */
            finish_reason?: components["schemas"]["RuleFinishReason"];
            usage?: components["schemas"]["RuleUsage"];
            /** @description The time before the reply begins, headers included. */
            delay?: components["schemas"]["RuleDuration"];
            /** @description The time from the first event of the stream to the first token. */
            first_token_delay?: components["schemas"]["RuleDuration"];
            /** @description Output tokens per second. Omitted, as fast as possible. */
            rate?: number;
            fault?: components["schemas"]["RuleFault"];
        };
        /** @description Headers of a reply, by their names. */
        RuleReplyHeaders: {
            [key: string]: string;
        };
        /**
         * @description Why an answer ends.
         * @enum {string}
         */
        RuleFinishReason: "stop" | "tool_calls" | "length" | "content_filter";
        /** @description A tool call. */
        RuleToolCall: {
            /** @description The name of the tool. */
            name: string;
            /** @description The arguments: an object, or a string that is sent as it is, valid or not. Defaults to `{}`. */
            arguments?: components["schemas"]["RuleArguments"];
            /** @description The result. The agent then runs the call itself. */
            result?: string;
        };
        /** @description Arguments of a tool call, as an object or as text. */
        RuleArguments: components["schemas"]["Text"] | components["schemas"]["RuleArgumentObject"];
        /** @description Arguments of a tool call. */
        RuleArgumentObject: {
            [key: string]: unknown;
        };
        /** @description The token counts to report. Omitted ones are counted. */
        RuleUsage: {
            /** @description Tokens of the request. */
            input_tokens?: number;
            /** @description Tokens of the request that were cached. */
            cached_input_tokens?: number;
            /** @description Tokens of the answer, with reasoning. */
            output_tokens?: number;
            /** @description Tokens of reasoning. */
            reasoning_tokens?: number;
        };
        /** @description A fault of the answer or of the connection. */
        RuleFault: {
            /** @description What happens. */
            kind: components["schemas"]["RuleFaultKind"];
            /**
             * @description The number of output tokens before it. 0, the default, is before the reply begins: no header is sent.
             *     Without a stream, any other number is the middle of the body. Not for `no_done`.
             */
            after?: number;
            /** @description For `malformed`: the exact text to insert into the stream, with its line ends. */
            frame?: string;
        };
        /**
         * @description A kind of fault.
         * @enum {string}
         */
        RuleFaultKind: "error" | "reset" | "close" | "end" | "hang" | "malformed" | "no_done";
        /**
         * @description Where rules come from.
         * @enum {string}
         */
        RulesSource: "file" | "replaced" | "none";
        /** @description The rules that an agent answers with. */
        RuleReport: {
            /** @constant */
            object: "rules";
            /** @description The name of the agent. */
            agent: string;
            /** @description Where the rules come from. */
            source: components["schemas"]["RulesSource"];
            /** @description Whether a request that no rule matches is an error. */
            strict: boolean;
            /** @description The seed of `chance`. */
            seed: number;
            /** @description The models, the default first. */
            models: string[];
            /** @description The rules, in order. */
            rules: components["schemas"]["RuleCount"][];
        };
        /** @description A rule, and how often it has matched. */
        RuleCount: {
            /** @description Its name. */
            name: string | null;
            /** @description How many requests it has answered since the rules were set. */
            matched: number;
            rule: components["schemas"]["Rule"];
        };
        /** @description The state of the process. */
        Health: {
            /** @constant */
            status: "ok";
            /** @constant */
            platform: "talaria";
            /** @description The server's version. */
            version: string;
        };
        /** @description Why the server isn't ready: the checks, or an error while it shuts down. */
        Unreadiness: components["schemas"]["Readiness"] | components["schemas"]["ErrorResponse"];
        /** @description The checks of the server's dependencies. */
        Readiness: {
            /** @description `ready` if every check is `ok`. */
            status: components["schemas"]["ReadinessStatus"];
            checks: components["schemas"]["ReadinessChecks"];
        };
        /**
         * @description Whether the server is ready.
         * @enum {string}
         */
        ReadinessStatus: "ready" | "unavailable";
        /** @description The result of each check. */
        ReadinessChecks: {
            store: components["schemas"]["CheckResult"];
            agent: components["schemas"]["CheckResult"];
            mcp_servers?: components["schemas"]["McpServerStates"];
        };
        /**
         * @description The result of a check.
         * @enum {string}
         */
        CheckResult: "ok" | "failed";
        /** @description The state of each configured MCP server by label. Omitted without any. */
        McpServerStates: {
            [key: string]: components["schemas"]["McpServerState"];
        };
        /**
         * @description The last known state of an MCP server. `idle`: not used yet, because servers start with their first use.
         *     `failed`: it stopped or can't be reached. It is restarted when a run needs it, after a growing delay.
         * @enum {string}
         */
        McpServerState: "idle" | "ok" | "failed";
        /** @description Announces that a background response was completed. */
        ResponseCompletedWebhookEvent: {
            /** @description The event's ID. It is the same at every endpoint. */
            id: string;
            /** @constant */
            object: "event";
            /** @description When the event happened, in Unix seconds. */
            created_at: number;
            /** @constant */
            type: "response.completed";
            data: components["schemas"]["ResponseWebhookData"];
        };
        /** @description Announces that a background response failed. */
        ResponseFailedWebhookEvent: {
            /** @description The event's ID. It is the same at every endpoint. */
            id: string;
            /** @constant */
            object: "event";
            /** @description When the event happened, in Unix seconds. */
            created_at: number;
            /** @constant */
            type: "response.failed";
            data: components["schemas"]["ResponseWebhookData"];
        };
        /** @description Announces that a background response ended early. */
        ResponseIncompleteWebhookEvent: {
            /** @description The event's ID. It is the same at every endpoint. */
            id: string;
            /** @constant */
            object: "event";
            /** @description When the event happened, in Unix seconds. */
            created_at: number;
            /** @constant */
            type: "response.incomplete";
            data: components["schemas"]["ResponseWebhookData"];
        };
        /** @description Announces that a background response was cancelled. */
        ResponseCancelledWebhookEvent: {
            /** @description The event's ID. It is the same at every endpoint. */
            id: string;
            /** @constant */
            object: "event";
            /** @description When the event happened, in Unix seconds. */
            created_at: number;
            /** @constant */
            type: "response.cancelled";
            data: components["schemas"]["ResponseWebhookData"];
        };
        /** @description Identifies the response. */
        ResponseWebhookData: {
            /** @description The response's ID. */
            id: string;
        };
        /** @description Announces that a call of an MCP tool waits for approval. */
        ApprovalRequestedWebhookEvent: {
            /** @description The event's ID. It is the same at every endpoint. */
            id: string;
            /** @constant */
            object: "event";
            /** @description When the event happened, in Unix seconds. */
            created_at: number;
            /** @constant */
            type: "approval.requested";
            data: components["schemas"]["ApprovalWebhookData"];
        };
        /** @description Identifies the approval and its call, without arguments. */
        ApprovalWebhookData: {
            /** @description The ID of the `mcp_approval_request`. Answer with it. */
            id: string;
            /** @description The ID of the response that asked. */
            response_id: string;
            /** @description The label of the MCP server. */
            server_label: string;
            /** @description The tool's name. */
            name: string;
            /** @description When it can no longer be answered, in Unix seconds. */
            expires_at: number;
        };
        /** @description Web search. Only if it is mapped to an MCP tool, or for an agent that speaks the Responses API. */
        WebSearchTool: {
            /**
             * @description The versioned type of the tool.
             * @enum {string}
             */
            type: "web_search" | "web_search_2025_08_26";
            /** @description How much of the search results to use. */
            search_context_size?: components["schemas"]["SearchContextSize"] | null;
            /** @description Whether to search the live web instead of an index. */
            external_web_access?: boolean | null;
            /** @description Restrictions of the search. */
            filters?: components["schemas"]["JsonObject"] | null;
            /** @description The user's location. */
            user_location?: components["schemas"]["JsonObject"] | null;
        };
        /** @description The deprecated web search, with the same conditions. */
        WebSearchPreviewTool: {
            /**
             * @description The versioned type of the tool.
             * @enum {string}
             */
            type: "web_search_preview" | "web_search_preview_2025_03_11";
            /** @description How much of the search results to use. */
            search_context_size?: components["schemas"]["SearchContextSize"] | null;
            /** @description The types of content to search for. */
            search_content_types?: components["schemas"]["SearchContentKind"][];
            /** @description The user's location. */
            user_location?: components["schemas"]["JsonObject"] | null;
        };
        /**
         * @description A type of content to search for.
         * @enum {string}
         */
        SearchContentKind: "text" | "image";
        /** @description Search in uploaded files. Only if it is mapped to an MCP tool, or for an agent that speaks the Responses API. */
        FileSearchTool: {
            /** @constant */
            type: "file_search";
            /** @description Restrictions of the search. */
            vector_store_ids: string[];
            /** @description The maximum number of results. */
            max_num_results?: number;
            /** @description Restrictions of the search. */
            filters?: components["schemas"]["JsonObject"] | null;
            ranking_options?: components["schemas"]["JsonObject"];
        };
        /**
         * @description The tools of an MCP server, which this server calls for the model. Without `server_url`, `server_label` names a
         *     configured server. URLs are refused unless the operator allows them; an agent that speaks the Responses API
         *     reaches those itself. The `headers`, the `authorization` and the query of the URL are never stored in clear,
         *     nor returned.
         */
        McpTool: {
            /** @constant */
            type: "mcp";
            /** @description The server's name in calls. */
            server_label: string;
            /** @description The URL of the server. Refused unless the operator allows it. */
            server_url?: string;
            /**
             * @description The ID of a provider's connector, used instead of a URL. For a configured server, its label: some clients
             *     require a URL or a connector.
             */
            connector_id?: string;
            /** @description The purpose of the server. */
            server_description?: string;
            /** @description The access token for the server. Never returned. */
            authorization?: string;
            /** @description HTTP headers to send to the server. Never returned. */
            headers?: components["schemas"]["McpHeaders"] | null;
            allowed_tools?: components["schemas"]["McpToolSelection"];
            /** @description Default `always`. The operator may require more approvals, which this field can't lift. */
            require_approval?: components["schemas"]["McpApprovalRule"];
            /** @description Whether the tools are loaded only by tool search. */
            defer_loading?: boolean;
            allowed_callers?: components["schemas"]["AllowedCallers"];
        };
        /** @description HTTP headers by name. */
        McpHeaders: {
            [key: string]: string;
        };
        /** @description A selection of an MCP server's tools: their names, or a filter. */
        McpToolSelection: components["schemas"]["McpToolNames"] | components["schemas"]["McpToolFilter"] | null;
        /** @description Tool names. */
        McpToolNames: string[];
        /** @description A filter for an MCP server's tools. */
        McpToolFilter: {
            /** @description Selects tools by name. */
            tool_names?: string[];
            /** @description Selects tools by whether they are read-only. */
            read_only?: boolean;
        };
        /** @description Which calls of an MCP server's tools need approval. */
        McpApprovalRule: components["schemas"]["McpApprovalMode"] | components["schemas"]["McpApprovalFilter"] | null;
        /**
         * @description Whether every call needs approval, or none.
         * @enum {string}
         */
        McpApprovalMode: "always" | "never";
        /** @description Sets approval per tool. */
        McpApprovalFilter: {
            always?: components["schemas"]["McpToolFilter"];
            never?: components["schemas"]["McpToolFilter"];
        };
        /**
         * @description Lets the model find deferred tools. With `execution: client`, any agent can call it: tools with
         *     `defer_loading: true` are omitted until a `tool_search_output` has them. A search at the server needs an agent
         *     that speaks the Responses API; the model of any other agent sees all tools.
         */
        ToolSearchTool: {
            /** @constant */
            type: "tool_search";
            /** @description Where the search runs. */
            execution?: components["schemas"]["ToolSearchExecution"];
            /** @description The kind of tools that the search finds. */
            description?: string | null;
            /** @description The JSON Schema of the search arguments. */
            parameters?: components["schemas"]["JsonSchema"] | null;
        };
        /**
         * @description Where a tool search runs.
         * @enum {string}
         */
        ToolSearchExecution: "server" | "client";
        /** @description Runs code in a container. Only if it is mapped to an MCP tool, or for an agent that speaks the Responses API. */
        CodeInterpreterTool: {
            /** @constant */
            type: "code_interpreter";
            /** @description The container, by ID or settings. */
            container: components["schemas"]["CodeInterpreterContainer"];
            allowed_callers?: components["schemas"]["AllowedCallers"];
        };
        /** @description A container, by ID or settings. */
        CodeInterpreterContainer: components["schemas"]["Text"] | components["schemas"]["JsonObject"];
        /** @description Generates images. Only for an agent that speaks the Responses API. */
        ImageGenerationTool: {
            /** @constant */
            type: "image_generation";
            /** @description The image model. */
            model?: string | null;
            /** @description The image size. */
            size?: string | null;
            /** @description The image quality. */
            quality?: string | null;
            /** @description The number of partial images to send. */
            partial_images?: number | null;
        };
        /** @description Controls a computer. Only for an agent that speaks the Responses API. */
        ComputerTool: {
            /** @constant */
            type: "computer";
        };
        /** @description The deprecated tool that controls a computer. Only for an agent that speaks the Responses API. */
        ComputerUsePreviewTool: {
            /** @constant */
            type: "computer_use_preview";
            /** @description The computer's environment. */
            environment: components["schemas"]["ComputerEnvironment"];
            /** @description The width of the screen. */
            display_width: number;
            /** @description The height of the screen. */
            display_height: number;
        };
        /**
         * @description A computer's environment.
         * @enum {string}
         */
        ComputerEnvironment: "windows" | "mac" | "linux" | "ubuntu" | "browser";
        /** @description Runs one program on the client. An agent that supports only functions sees a function of this name. */
        LocalShellTool: {
            /** @constant */
            type: "local_shell";
        };
        /**
         * @description Runs commands on the client. An agent that supports only functions sees a function of this name. An environment
         *     other than `local` needs an agent that speaks the Responses API.
         */
        ShellTool: {
            /** @constant */
            type: "shell";
            /** @description The environment of the commands. */
            environment?: components["schemas"]["JsonObject"] | null;
            allowed_callers?: components["schemas"]["AllowedCallers"];
        };
        /** @description Edits files of the client. An agent that supports only functions sees a function of this name. */
        ApplyPatchTool: {
            /** @constant */
            type: "apply_patch";
            allowed_callers?: components["schemas"]["AllowedCallers"];
        };
        /** @description Lets the model write programs that call tools. Only for an agent that speaks the Responses API. */
        ProgrammaticToolCallingTool: {
            /** @constant */
            type: "programmatic_tool_calling";
        };
        /** @description Requires a call of this MCP server's tools, which must be in `tools`, in the first reply. */
        ToolChoiceMcp: {
            /** @constant */
            type: "mcp";
            /** @description The server's label. */
            server_label: string;
            /** @description The tool's name. If omitted, any of the server's tools. */
            name?: string | null;
        };
        /**
         * @description Requires a call of this tool. One that the client does not run must be mapped to an MCP tool, or needs an agent
         *     that speaks the Responses API. It is refused with `unsupported_value` otherwise.
         */
        ToolChoiceHosted: {
            type: components["schemas"]["HostedToolKind"];
        };
        /**
         * @description A type of hosted tool.
         * @enum {string}
         */
        HostedToolKind: "file_search" | "web_search" | "web_search_preview" | "web_search_preview_2025_03_11" | "computer" | "computer_use_preview" | "computer_use" | "image_generation" | "code_interpreter" | "shell" | "apply_patch" | "programmatic_tool_calling";
        /** @description A screenshot, as the output of a computer call. */
        ComputerScreenshot: {
            /** @constant */
            type: "computer_screenshot";
            /** @description The URL of the screenshot. */
            image_url?: string | null;
            /** @description The ID of an uploaded file. Unsupported: this server stores none. */
            file_id?: string | null;
            detail?: components["schemas"]["ImageDetail"] | null;
        };
        /** @description A web search. */
        WebSearchCall: {
            /** @constant */
            type: "web_search_call";
            /** @description The item's ID. */
            id: string;
            /** @description The status of the call. */
            status: components["schemas"]["WebSearchCallProgress"];
            action?: components["schemas"]["JsonObject"];
            provider_data?: components["schemas"]["ProviderData"] | null;
        };
        /**
         * @description The status of a call.
         * @enum {string}
         */
        WebSearchCallProgress: "in_progress" | "searching" | "completed" | "incomplete" | "failed";
        /** @description A search in uploaded files. */
        FileSearchCall: {
            /** @constant */
            type: "file_search_call";
            /** @description The item's ID. */
            id: string;
            /** @description The status of the call. */
            status: components["schemas"]["FileSearchCallProgress"];
            /** @description The search queries. */
            queries: string[];
            /** @description The search results. */
            results?: components["schemas"]["JsonObject"][] | null;
            provider_data?: components["schemas"]["ProviderData"] | null;
        };
        /**
         * @description The status of a call.
         * @enum {string}
         */
        FileSearchCallProgress: "in_progress" | "searching" | "completed" | "incomplete" | "failed";
        /** @description Code that ran in a container. */
        CodeInterpreterCall: {
            /** @constant */
            type: "code_interpreter_call";
            /** @description The item's ID. */
            id: string;
            /** @description The status of the call. */
            status: components["schemas"]["CodeInterpreterCallProgress"];
            /** @description The container's ID. */
            container_id: string;
            /** @description The code. */
            code: string | null;
            /** @description The output of the code. */
            outputs: components["schemas"]["JsonObject"][] | null;
            provider_data?: components["schemas"]["ProviderData"] | null;
        };
        /**
         * @description The status of a call.
         * @enum {string}
         */
        CodeInterpreterCallProgress: "in_progress" | "completed" | "incomplete" | "interpreting" | "failed";
        /** @description A generated image. */
        ImageGenerationCall: {
            /** @constant */
            type: "image_generation_call";
            /** @description The item's ID. */
            id: string;
            /** @description The status of the call. */
            status: components["schemas"]["ImageGenerationCallProgress"];
            /** @description The image in base64. */
            result: string | null;
        };
        /**
         * @description The status of a call.
         * @enum {string}
         */
        ImageGenerationCallProgress: "in_progress" | "completed" | "generating" | "failed";
        /** @description An action on a computer. */
        ComputerCall: {
            /** @constant */
            type: "computer_call";
            /** @description The item's ID. */
            id: string;
            /** @description The call's ID. */
            call_id: string;
            status: components["schemas"]["ItemStatus"];
            action?: components["schemas"]["JsonObject"];
            /** @description Several actions, in order. */
            actions?: components["schemas"]["JsonObject"][];
            /** @description Safety checks to acknowledge first. */
            pending_safety_checks: components["schemas"]["SafetyCheck"][];
        };
        /** @description A safety check to acknowledge. */
        SafetyCheck: {
            /** @description The check's ID. */
            id: string;
            /** @description The type of risk. */
            code?: string | null;
            /** @description A description of the risk. */
            message?: string | null;
        };
        /** @description The screen after an action, sent back. */
        ComputerCallOutputInput: {
            /** @constant */
            type: "computer_call_output";
            /** @description The ID of the call. */
            call_id: string;
            output: components["schemas"]["ComputerScreenshot"];
            /** @description The item's ID. */
            id?: string | null;
            /** @description The status of the call. */
            status?: components["schemas"]["ComputerCallOutputProgress"] | null;
            /** @description The acknowledged safety checks. */
            acknowledged_safety_checks?: components["schemas"]["SafetyCheck"][] | null;
        };
        /**
         * @description The status of a call.
         * @enum {string}
         */
        ComputerCallOutputProgress: "in_progress" | "completed" | "incomplete" | "failed";
        /** @description The screen after an action. */
        ComputerCallOutput: {
            /** @constant */
            type: "computer_call_output";
            /** @description The item's ID. */
            id: string;
            /** @description The ID of the call. */
            call_id: string;
            output: components["schemas"]["ComputerScreenshot"];
            /** @description The status of the call. */
            status: components["schemas"]["ComputerCallResult"];
            /** @description The acknowledged safety checks. */
            acknowledged_safety_checks?: components["schemas"]["SafetyCheck"][];
        };
        /**
         * @description The outcome of a call.
         * @enum {string}
         */
        ComputerCallResult: "completed" | "incomplete" | "failed";
        /** @description A command to run on the client. */
        LocalShellCall: {
            /** @constant */
            type: "local_shell_call";
            /** @description The item's ID. */
            id: string;
            /** @description The call's ID. */
            call_id: string;
            action: components["schemas"]["JsonObject"];
            status: components["schemas"]["ItemStatus"];
            provider_data?: components["schemas"]["ProviderData"];
        };
        /** @description The output of a command that ran on the client. */
        LocalShellCallOutput: {
            /** @constant */
            type: "local_shell_call_output";
            /** @description The item's ID. */
            id: string;
            /** @description The output of the command. */
            output: string;
            status?: components["schemas"]["ItemStatus"] | null;
        };
        /** @description Shell commands of an earlier turn, sent back. */
        ShellCallInput: {
            /** @constant */
            type: "shell_call";
            /** @description The call's ID. */
            call_id: string;
            action: components["schemas"]["ShellAction"];
            /** @description The item's ID. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
            /** @description The environment of the commands. */
            environment?: components["schemas"]["JsonObject"] | null;
            caller?: components["schemas"]["ToolCaller"] | null;
            provider_data?: components["schemas"]["ProviderData"] | null;
        };
        /** @description Shell commands to run. */
        ShellCall: {
            /** @constant */
            type: "shell_call";
            /** @description The item's ID. */
            id: string;
            /** @description The call's ID. */
            call_id: string;
            action: components["schemas"]["ShellAction"];
            status: components["schemas"]["ItemStatus"];
            /** @description The environment of the commands. */
            environment: components["schemas"]["JsonObject"] | null;
            provider_data?: components["schemas"]["ProviderData"];
        };
        /** @description Shell commands and their limits. */
        ShellAction: {
            /** @description The commands. */
            commands: string[];
            /** @description The maximum run time in milliseconds. */
            timeout_ms?: number | null;
            /** @description The maximum length of the output. */
            max_output_length?: number | null;
        };
        /** @description The output of shell commands, sent back. */
        ShellCallOutputInput: {
            /** @constant */
            type: "shell_call_output";
            /** @description The ID of the call. */
            call_id: string;
            /** @description One entry per command. */
            output: components["schemas"]["ShellOutput"][];
            /** @description The item's ID. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
            /** @description The maximum length of the output. */
            max_output_length?: number | null;
            caller?: components["schemas"]["ToolCaller"] | null;
        };
        /** @description The output of shell commands. */
        ShellCallOutput: {
            /** @constant */
            type: "shell_call_output";
            /** @description The item's ID. */
            id: string;
            /** @description The ID of the call. */
            call_id: string;
            /** @description One entry per command. */
            output: components["schemas"]["ShellOutput"][];
            status: components["schemas"]["ItemStatus"];
            /** @description The maximum length of the output. */
            max_output_length: number | null;
        };
        /** @description The output of one command. */
        ShellOutput: {
            /** @description The standard output. */
            stdout: string;
            /** @description The standard error. */
            stderr: string;
            outcome: components["schemas"]["ShellOutcome"];
        };
        /** @description How a command ended. */
        ShellOutcome: {
            /** @description Whether the command exited or timed out. */
            type: components["schemas"]["ShellOutcomeKind"];
            /** @description The exit code. */
            exit_code?: number;
        };
        /**
         * @description Whether a command exited or timed out.
         * @enum {string}
         */
        ShellOutcomeKind: "exit" | "timeout";
        /** @description A file change of an earlier turn, sent back. */
        ApplyPatchCallInput: {
            /** @constant */
            type: "apply_patch_call";
            /** @description The call's ID. */
            call_id: string;
            /** @description The status of the call. */
            status: components["schemas"]["ApplyPatchProgress"];
            operation: components["schemas"]["PatchOperation"];
            /** @description The item's ID. */
            id?: string | null;
            caller?: components["schemas"]["ToolCaller"] | null;
            provider_data?: components["schemas"]["ProviderData"] | null;
        };
        /** @description A file change to apply. */
        ApplyPatchCall: {
            /** @constant */
            type: "apply_patch_call";
            /** @description The item's ID. */
            id: string;
            /** @description The call's ID. */
            call_id: string;
            /** @description The status of the call. */
            status: components["schemas"]["ApplyPatchProgress"];
            operation: components["schemas"]["PatchOperation"];
            provider_data?: components["schemas"]["ProviderData"];
        };
        /**
         * @description The status of a patch.
         * @enum {string}
         */
        ApplyPatchProgress: "in_progress" | "completed";
        /** @description A change to one file. */
        PatchOperation: {
            /** @description The type of change. */
            type: components["schemas"]["PatchOperationKind"];
            /** @description The file's ID. */
            path: string;
            /** @description The diff, unless the file is deleted. */
            diff?: string;
        };
        /**
         * @description A type of file change.
         * @enum {string}
         */
        PatchOperationKind: "create_file" | "update_file" | "delete_file";
        /** @description The outcome of a file change, sent back. */
        ApplyPatchCallOutputInput: {
            /** @constant */
            type: "apply_patch_call_output";
            /** @description The ID of the call. */
            call_id: string;
            /** @description The outcome. */
            status: components["schemas"]["ApplyPatchResult"];
            /** @description The client's report. */
            output?: string | null;
            /** @description The item's ID. */
            id?: string | null;
            caller?: components["schemas"]["ToolCaller"] | null;
        };
        /** @description The outcome of a file change. */
        ApplyPatchCallOutput: {
            /** @constant */
            type: "apply_patch_call_output";
            /** @description The item's ID. */
            id: string;
            /** @description The ID of the call. */
            call_id: string;
            /** @description The outcome. */
            status: components["schemas"]["ApplyPatchResult"];
            /** @description The client's report. */
            output?: string | null;
        };
        /**
         * @description The outcome of a patch.
         * @enum {string}
         */
        ApplyPatchResult: "completed" | "failed";
        /** @description A call of an MCP server's tool. */
        McpCall: {
            /** @constant */
            type: "mcp_call";
            /** @description The item's ID. */
            id: string;
            /** @description The server's label. */
            server_label: string;
            /** @description The tool's name. */
            name: string;
            /** @description The arguments as JSON text. */
            arguments: string;
            /** @description The output. */
            output?: string | null;
            /** @description The error. */
            error?: components["schemas"]["McpCallError"] | null;
            /** @description The status of the call. */
            status?: components["schemas"]["McpCallProgress"];
            /** @description The ID of the approval request that preceded the call. */
            approval_request_id?: string | null;
            provider_data?: components["schemas"]["ProviderData"] | null;
        };
        /** @description The error of an MCP call. */
        McpCallError: components["schemas"]["JsonObject"] | components["schemas"]["Text"];
        /**
         * @description The status of a call.
         * @enum {string}
         */
        McpCallProgress: "in_progress" | "completed" | "incomplete" | "calling" | "failed";
        /** @description The list of an MCP server's tools. */
        McpListTools: {
            /** @constant */
            type: "mcp_list_tools";
            /** @description The item's ID. */
            id: string;
            /** @description The server's label. */
            server_label: string;
            /** @description The server's tools. */
            tools: components["schemas"]["McpToolDescription"][];
            /** @description Why the tools couldn't be listed. */
            error?: string | null;
        };
        /** @description A tool of an MCP server. */
        McpToolDescription: {
            /** @description The file's name. */
            name: string;
            /** @description The purpose of the tool. */
            description?: string | null;
            input_schema: components["schemas"]["JsonSchema"];
            /** @description Annotations of the tool. */
            annotations?: components["schemas"]["JsonObject"] | null;
        };
        /** @description Asks for approval of an MCP call. */
        McpApprovalRequest: {
            /** @constant */
            type: "mcp_approval_request";
            /** @description The item's ID. */
            id: string;
            /** @description The server's label. */
            server_label: string;
            /** @description The tool's name. */
            name: string;
            /** @description The arguments as JSON text. */
            arguments: string;
            provider_data?: components["schemas"]["ProviderData"] | null;
        };
        /**
         * @description The answer to an approval request. Send it with the response that asked as `previous_response_id`, or together
         *     with the `mcp_approval_request` item. Each request is answered once: a second answer returns `409` and
         *     `approval_conflict`, unless both deny it; changed arguments return `400`.
         */
        McpApprovalResponseInput: {
            /** @constant */
            type: "mcp_approval_response";
            /** @description The ID of the approval request. */
            approval_request_id: string;
            /** @description Whether the call is approved. */
            approve: boolean;
            /** @description The reason for the decision. */
            reason?: string | null;
            /** @description The item's ID. */
            id?: string | null;
        };
        /** @description The answer to an approval request. */
        McpApprovalResponse: {
            /** @constant */
            type: "mcp_approval_response";
            /** @description The item's ID. */
            id: string;
            /** @description The ID of the approval request. */
            approval_request_id: string;
            /** @description Whether the call is approved. */
            approve: boolean;
            /** @description The reason for the decision. */
            reason?: string | null;
        };
        /** @description A tool search, sent back. */
        ToolSearchCallInput: {
            /** @constant */
            type: "tool_search_call";
            arguments: components["schemas"]["JsonObject"];
            /** @description The call's ID. */
            call_id?: string | null;
            /** @description Where the search runs. */
            execution?: components["schemas"]["ToolSearchExecution"];
            /** @description The item's ID. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
            provider_data?: components["schemas"]["ProviderData"] | null;
        };
        /** @description A tool search. */
        ToolSearchCall: {
            /** @constant */
            type: "tool_search_call";
            /** @description The item's ID. */
            id: string;
            /** @description The call's ID. */
            call_id: string | null;
            /** @description Where the search runs. */
            execution: components["schemas"]["ToolSearchExecution"];
            arguments: components["schemas"]["JsonObject"];
            status: components["schemas"]["ItemStatus"];
            provider_data?: components["schemas"]["ProviderData"];
        };
        /** @description The tools that a search found, sent back. */
        ToolSearchOutputInput: {
            /** @constant */
            type: "tool_search_output";
            /** @description The tools. */
            tools: components["schemas"]["Tool"][];
            /** @description The ID of the call. */
            call_id?: string | null;
            /** @description Where the search ran. */
            execution?: components["schemas"]["ToolSearchExecution"];
            /** @description The item's ID. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
        };
        /** @description The tools that a search found. */
        ToolSearchOutput: {
            /** @constant */
            type: "tool_search_output";
            /** @description The item's ID. */
            id: string;
            /** @description The ID of the call. */
            call_id: string | null;
            /** @description Where the search ran. */
            execution: components["schemas"]["ToolSearchExecution"];
            /** @description The tools. */
            tools: components["schemas"]["ToolEcho"][];
            status: components["schemas"]["ItemStatus"];
        };
        /** @description A program that the model wrote to call tools. */
        Program: {
            /** @constant */
            type: "program";
            /** @description The item's ID. */
            id: string;
            /** @description The call's ID. */
            call_id: string;
            /** @description The code of the program. */
            code: string;
            /** @description The fingerprint to resume the program by. */
            fingerprint: string;
        };
        /** @description The output of a program. */
        ProgramOutput: {
            /** @constant */
            type: "program_output";
            /** @description The item's ID. */
            id: string;
            /** @description The ID of the call. */
            call_id: string;
            /** @description The output. */
            result: string;
            /** @description The status of the call. */
            status: components["schemas"]["ProgramResult"];
        };
        /**
         * @description The outcome of a program.
         * @enum {string}
         */
        ProgramResult: "completed" | "incomplete";
        /** @description New output of a command. */
        ShellOutputDelta: {
            /** @description The standard output to append. */
            stdout?: string;
            /** @description The standard error to append. */
            stderr?: string;
        };
        /** @description A web search started. */
        WebSearchCallInProgressEvent: {
            /** @constant */
            type: "response.web_search_call.in_progress";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description A web search is running. */
        WebSearchCallSearchingEvent: {
            /** @constant */
            type: "response.web_search_call.searching";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description A web search is finished. */
        WebSearchCallCompletedEvent: {
            /** @constant */
            type: "response.web_search_call.completed";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description A file search started. */
        FileSearchCallInProgressEvent: {
            /** @constant */
            type: "response.file_search_call.in_progress";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description A file search is running. */
        FileSearchCallSearchingEvent: {
            /** @constant */
            type: "response.file_search_call.searching";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description A file search is finished. */
        FileSearchCallCompletedEvent: {
            /** @constant */
            type: "response.file_search_call.completed";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description A code interpreter call started. */
        CodeInterpreterCallInProgressEvent: {
            /** @constant */
            type: "response.code_interpreter_call.in_progress";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description A code interpreter call is running. */
        CodeInterpreterCallInterpretingEvent: {
            /** @constant */
            type: "response.code_interpreter_call.interpreting";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description A code interpreter call is finished. */
        CodeInterpreterCallCompletedEvent: {
            /** @constant */
            type: "response.code_interpreter_call.completed";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description Code to append. */
        CodeInterpreterCallCodeDeltaEvent: {
            /** @constant */
            type: "response.code_interpreter_call_code.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The code to append. */
            delta: string;
            /** @description Padding. This server sends none. */
            obfuscation?: string;
        };
        /** @description The code is finished. */
        CodeInterpreterCallCodeDoneEvent: {
            /** @constant */
            type: "response.code_interpreter_call_code.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The whole code. */
            code: string;
        };
        /** @description An image generation started. */
        ImageGenerationCallInProgressEvent: {
            /** @constant */
            type: "response.image_generation_call.in_progress";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description An image is being generated. */
        ImageGenerationCallGeneratingEvent: {
            /** @constant */
            type: "response.image_generation_call.generating";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description An image is finished. */
        ImageGenerationCallCompletedEvent: {
            /** @constant */
            type: "response.image_generation_call.completed";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description A partial image. */
        ImageGenerationCallPartialImageEvent: {
            /** @constant */
            type: "response.image_generation_call.partial_image";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The index of the partial image. */
            partial_image_index: number;
            /** @description The partial image in base64. */
            partial_image_b64: string;
        };
        /** @description An MCP call started. */
        McpCallInProgressEvent: {
            /** @constant */
            type: "response.mcp_call.in_progress";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description An MCP call is finished. */
        McpCallCompletedEvent: {
            /** @constant */
            type: "response.mcp_call.completed";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description An MCP call failed. */
        McpCallFailedEvent: {
            /** @constant */
            type: "response.mcp_call.failed";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description Arguments to append to an MCP call. */
        McpCallArgumentsDeltaEvent: {
            /** @constant */
            type: "response.mcp_call_arguments.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The JSON text to append. */
            delta: string;
            /** @description Padding. This server sends none. */
            obfuscation?: string;
        };
        /** @description The arguments of an MCP call are finished. */
        McpCallArgumentsDoneEvent: {
            /** @constant */
            type: "response.mcp_call_arguments.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The whole JSON text. */
            arguments: string;
        };
        /** @description An MCP server's tools are being listed. */
        McpListToolsInProgressEvent: {
            /** @constant */
            type: "response.mcp_list_tools.in_progress";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description An MCP server's tools are listed. */
        McpListToolsCompletedEvent: {
            /** @constant */
            type: "response.mcp_list_tools.completed";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description An MCP server's tools couldn't be listed. */
        McpListToolsFailedEvent: {
            /** @constant */
            type: "response.mcp_list_tools.failed";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /**
         * @description A running MCP tool reported its progress. This event is an extension of this server, named as Open Responses
         *     asks; clients that don't know it can ignore it.
         */
        McpCallProgressEvent: {
            /** @constant */
            type: "talaria:mcp_call.progress";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The progress so far, in the unit of the tool. */
            progress: number;
            /** @description The progress at the end, if the tool knows it. */
            total?: number;
            /** @description The tool's current step. */
            message?: string;
        };
        /** @description A shell command starts. */
        ShellCallCommandAddedEvent: {
            /** @constant */
            type: "response.shell_call_command.added";
            sequence_number: components["schemas"]["SequenceNumber"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The index of the command. */
            command_index: number;
            /** @description The start of the command. */
            command: string;
        };
        /** @description Text to append to a shell command. */
        ShellCallCommandDeltaEvent: {
            /** @constant */
            type: "response.shell_call_command.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The index of the command. */
            command_index: number;
            /** @description The text to append. */
            delta: string;
            /** @description Padding. This server sends none. */
            obfuscation?: string;
        };
        /** @description A shell command is finished. */
        ShellCallCommandDoneEvent: {
            /** @constant */
            type: "response.shell_call_command.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The index of the command. */
            command_index: number;
            /** @description The whole command. */
            command: string;
        };
        /** @description Output of a shell command to append. */
        ShellCallOutputContentDeltaEvent: {
            /** @constant */
            type: "response.shell_call_output_content.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The index of the command. */
            command_index: number;
            delta: components["schemas"]["ShellOutputDelta"];
        };
        /** @description The output of a shell command is finished. */
        ShellCallOutputContentDoneEvent: {
            /** @constant */
            type: "response.shell_call_output_content.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The index of the command. */
            command_index: number;
            /** @description The whole output. */
            output: components["schemas"]["ShellOutput"][];
        };
    };
    responses: {
        /** @description The webhook was received. Any other 2xx means the same. The body is ignored. */
        WebhookReceived: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The webhook isn't wanted. It isn't sent again. */
        WebhookGone: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /**
         * @description The request is invalid or asks for something unsupported: `invalid_json`, `missing_required_parameter`,
         *     `invalid_type`, `invalid_value`, `unsupported_parameter`, `unsupported_value`, `context_length_exceeded`,
         *     `invalid_encrypted_content`.
         */
        BadRequest: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The API key is missing, wrong or revoked: `invalid_api_key`. */
        Unauthorized: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /**
         * @description A server without keys was addressed by a host name other than loopback (`host_not_allowed`), or a web page sent
         *     the request from an origin that isn't allowed (`origin_not_allowed`).
         */
        Forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /**
         * @description Not found: `response_not_found`, `previous_response_not_found`, `conversation_not_found`, `item_not_found`,
         *     `chat_completion_not_found`, `model_not_found`, `not_found`. Objects of other tenants return the same error as
         *     unknown IDs, and so do models of agents that the tenant may not use.
         */
        NotFound: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /**
         * @description Another response is running in this conversation (`conversation_locked`), or the response to continue is still
         *     running (`previous_response_in_progress`): retry when it has ended. Or the `Idempotency-Key` was used for
         *     another request (`idempotency_key_conflict`): use a new key.
         */
        Conflict: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The event log of this response has expired: `response_stream_expired`. Retrieve the response without `stream`. */
        StreamExpired: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /**
         * @description `request_too_large`: the decoded body has more bytes than the server accepts (32 MiB by default), or more JSON
         *     values (100,000 by default; every object, list, string, number, boolean and null counts). The message says
         *     which.
         */
        TooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The body isn't JSON, or its encoding is unsupported: `unsupported_media_type`. */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /**
         * @description `rate_limit_exceeded`: the tenant exceeded its rate limit, and `Retry-After` says when to retry; or the server
         *     has no capacity for another request or large body; or the agent's own rate limit is reached.
         */
        TooManyRequests: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Any other status of 400 to 499: the agent refused the request, and its status is passed through. */
        Refused: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description An internal error: `internal_error`. The server's log has the cause under the request ID. */
        ServerError: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The agent failed, couldn't be reached or broke off: `upstream_error`. */
        UpstreamFailed: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The server is shutting down (`server_shutting_down`) or can't access its store (`store_unavailable`). */
        Unavailable: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /**
         * @description The key isn't an operator's: `operator_required`. Also `host_not_allowed` and `origin_not_allowed`, as for other
         *     operations.
         */
        OperatorRequired: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /**
         * @description Not found: `run_not_found`, `approval_not_found`, `response_not_found`, `conversation_not_found`,
         *     `journal_entry_not_found`. It may have expired, or been deleted.
         */
        AdminNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /**
         * @description The approval has been answered before (`approval_conflict`), or the run can't take input now
         *     (`previous_response_in_progress`, `conversation_locked`).
         */
        AdminConflict: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The server has no agent with rules (`AGENT_URL=rules:FILE`), or runs several processes: `rules_unavailable`. */
        NoRules: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "message": "No agent has rules. Start the server with AGENT_URL=rules:FILE.",
                 *         "type": "invalid_request_error",
                 *         "param": null,
                 *         "code": "rules_unavailable"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The server keeps no journal: `journal_disabled`. Turn it on with `JOURNAL_ENTRIES`. */
        JournalDisabled: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "message": "This server keeps no journal of requests. It needs JOURNAL_ENTRIES above 0 and WORKERS=1.",
                 *         "type": "invalid_request_error",
                 *         "param": null,
                 *         "code": "journal_disabled"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The approval request has expired: `approval_expired`. */
        ApprovalExpired: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The agent didn't answer in time: `upstream_timeout`. */
        UpstreamTimeout: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
    };
    parameters: {
        /**
         * @description Identifies the webhook. Attempts to send it again have the same ID.
         * @example wh_019aa8d0f1c9e0b7d2c4a6f813579bdf
         */
        WebhookId: string;
        /**
         * @description When this attempt was made, in Unix seconds. Refuse old ones, which may be replayed.
         * @example 1764494280
         */
        WebhookTimestamp: string;
        /**
         * @description `v1,` and the base64 of the HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`. With several secrets, the
         *     signature of each, separated by spaces.
         * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
         */
        WebhookSignature: string;
        /**
         * @description The response's ID. Malformed IDs return `404`, like unknown ones.
         * @example resp_8f14e45fceea167a5a36dedd4bea2543
         */
        ResponseIdInPath: string;
        /**
         * @description The run's ID, which is that of its response or chat completion. Unknown IDs return `404`.
         * @example resp_8f14e45fceea167a5a36dedd4bea2543
         */
        RunIdInPath: string;
        /**
         * @description The ID of the `mcp_approval_request` item.
         * @example mcpr_6512bd43d9caa6e02c990b0a82652dca
         */
        ApprovalIdInPath: string;
        /**
         * @description Lists only runs in one of these states.
         * @example [
         *       "running"
         *     ]
         */
        RunStatusFilter: components["schemas"]["RunStatus"][];
        /**
         * @description Only what belongs to this tenant.
         * @example acme
         */
        TenantFilter: string;
        /**
         * @description Lists only runs of this agent.
         * @example default
         */
        AgentFilter: string;
        /**
         * @description Lists only runs of this model.
         * @example offline
         */
        RunModelFilter: string;
        /**
         * @description Lists only runs of this kind.
         * @example response
         */
        RunKindFilter: components["schemas"]["RunKind"];
        /**
         * @description Lists only runs whose ID starts with this text.
         * @example resp_8f14
         */
        RunIdFilter: string;
        /**
         * @description Finds only the object with this ID.
         * @example resp_8f14e45fceea167a5a36dedd4bea2543
         */
        ObjectIdFilter: string;
        /**
         * @description Finds only responses whose input or output contains this text.
         * @example invoice
         */
        TextFilter: string;
        /**
         * @description Finds only responses of this conversation.
         * @example conv_3b5d5c3712955042212316173ccf37be
         */
        ConversationFilter: string;
        /**
         * @description Lists only approvals in this state. Default: `pending`.
         * @example all
         */
        ApprovalStatusFilter: components["schemas"]["ApprovalStatusChoice"];
        /**
         * @description Lists only approvals that this run asked for.
         * @example resp_8f14e45fceea167a5a36dedd4bea2543
         */
        ApprovalRunFilter: string;
        /**
         * @description The request's ID. Unknown IDs return `404`.
         * @example req_0cc175b9c0f1b6a831c399e269772661
         */
        JournalEntryId: string;
        /**
         * @description Lists only requests of this operation.
         * @example createResponse
         */
        JournalOperationFilter: string;
        /**
         * @description Lists only requests of this path. `*` stands for any text.
         * @example /v1/responses*
         */
        JournalPathFilter: string;
        /**
         * @description Lists only requests that name this model. `*` stands for any text.
         * @example gpt-*
         */
        JournalModelFilter: string;
        /**
         * @description Lists only requests whose body contains this text, in any string.
         * @example invoice
         */
        JournalTextFilter: string;
        /**
         * @description Lists only requests with this HTTP status.
         * @example 429
         */
        JournalStatusFilter: number;
        /**
         * @description Lists only requests that ended like this.
         * @example completed
         */
        JournalOutcomeFilter: components["schemas"]["JournalOutcome"];
        /**
         * @description Lists only requests that the rule with this name answered.
         * @example refund
         */
        JournalRuleFilter: string;
        /**
         * @description Where the page starts, the `next` of the previous page. A cursor of another list returns `400`.
         * @example cmVzcG9uc2VzOjEyMw
         */
        Cursor: string;
        /**
         * @description The period to return.
         * @example day
         */
        LoadPeriod: components["schemas"]["LoadPeriodChoice"];
        /**
         * @description The conversation's ID. Malformed IDs return `404`, like unknown ones.
         * @example conv_3b5d5c3712955042212316173ccf37be
         */
        ConversationIdInPath: string;
        /**
         * @description The item's ID.
         * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
         */
        ItemIdInPath: string;
        /**
         * @description The ID of a stored chat completion. Malformed IDs return `404`, like unknown ones.
         * @example chatcmpl-6016479bfe57e6a60c32d70f45317b26
         */
        CompletionIdInPath: string;
        /**
         * @description The ID that the page starts after: the `last_id` of the previous page. An ID that isn't in the list returns
         *     `400`.
         * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
         */
        After: string;
        /**
         * @description The maximum number of entries in the page.
         * @example 50
         */
        Limit: number;
        /**
         * @description Whether the oldest entry comes first (`asc`) or the newest (`desc`).
         * @example asc
         */
        ItemOrder: components["schemas"]["SortOrder"];
        /**
         * @description Whether the oldest entry comes first (`asc`) or the newest (`desc`).
         * @example desc
         */
        ChatOrder: components["schemas"]["SortOrder"];
        /**
         * @description Lists only completions of this model.
         * @example offline
         */
        ChatModelFilter: string;
        /**
         * @description Lists only completions whose `metadata` contains these pairs, each written as `metadata[KEY]=VALUE`.
         * @example {
         *       "topic": "weather"
         *     }
         */
        ChatMetadataFilter: components["schemas"]["MetadataFilter"];
        /**
         * @description The model's ID. A slash in it may be written as `/` or as `%2F`.
         * @example offline
         */
        ModelIdInPath: string;
        /**
         * @description Additional output to include, as in `createResponse`. A stored response already contains the output it was
         *     created with.
         * @example [
         *       "reasoning.encrypted_content"
         *     ]
         */
        Include: components["schemas"]["IncludeOption"][];
        /**
         * @description Whether to stream the response as events. A JSON body with `stream` has the same effect: some clients send it.
         * @example false
         */
        Stream: boolean;
        /**
         * @description With `stream`, the `sequence_number` of the last event you received.
         * @example 12
         */
        StartingAfter: number;
        /**
         * @description With `stream`, whether to pad events. This server never pads them.
         * @example false
         */
        IncludeObfuscation: boolean;
        /**
         * @description Identifies a request that runs at most once: 1 to 255 visible ASCII characters. Use a new random key for each
         *     new request. The keys of different tenants are independent.
         * @example 6f1a1d2c-5f0e-4a53-9c1e-0e4f8a6f2b7d
         */
        IdempotencyKey: string;
        /**
         * @description Names the client's session. The agent receives the same session ID for all requests of a tenant that name the
         *     same session, and another one for those of other tenants. A `previous_response_id` or a `conversation` has
         *     its own session, which takes precedence. Without any of these headers, `prompt_cache_key` names the session.
         * @example chat-42
         */
        SessionId: string;
        /**
         * @description Names the client's session, when there is no `X-Session-Id`. The name that clients of Hermes use.
         * @example chat-42
         */
        HermesSessionId: string;
        /**
         * @description Names the client's session, when there is none of the headers above. The name that Open WebUI uses.
         * @example 3c0b5d1e-8f43-4a57-9d0c-5f1f7f0d8a11
         */
        OpenWebUIChatId: string;
        /**
         * @description The answer of a simulated agent to this request: the directives of `docs/offline-agent.md`. One line is sent as
         *     it is, several lines as a JSON string or a JSON array of strings. The message stays as it is, and rules don't
         *     apply. Agents that run a model ignore it. On a WebSocket, send it with the upgrade; it applies to every turn.
         * @example /say Good morning!
         */
        Script: string;
        /**
         * @description The name of the agent, if several have rules. Defaults to the first one.
         * @example default
         */
        RulesAgent: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description Identifies the request in the server's log. Quote it when you report a problem.
         * @example req_0cc175b9c0f1b6a831c399e269772661
         */
        RequestId: string;
        /**
         * @description The number of seconds to wait before you retry.
         * @example 2
         */
        RetryAfter: number;
        /**
         * @description The agent's own session header, under the agent's own name, if it sends one. Send it back to name the same
         *     session again. Omitted from background and keyed requests.
         * @example sess_1679091c5a880faf6fb5e6087eb1b2dc9a4c2e1b7f3d0568
         */
        AgentSession: string;
        /**
         * @description `true` when the reply replays an earlier request with the same `Idempotency-Key`, including its failure. An
         *     error without this header is this request's own.
         * @example true
         */
        IdempotencyReplayed: "true";
        /**
         * @description How many requests per minute the tenant may send, and how many at once after a pause. If the tenant has such a
         *     limit, this header and the next two come with every reply, including errors. A turn on a WebSocket counts as a
         *     request.
         * @example 600
         */
        RateLimit: number;
        /**
         * @description How many more requests the tenant may send at once.
         * @example 599
         */
        RateRemaining: number;
        /**
         * @description The time until `X-RateLimit-Remaining-Requests` reaches the limit again, if no further requests are sent.
         * @example 1m0s
         */
        RateReset: string;
        /**
         * @description `estimate` when the agent returned no token counts and this server counted the tokens in `usage`. Streams don't
         *     have it, because their headers are sent before anything is counted.
         * @example estimate
         */
        UsageSource: "estimate";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createResponse: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Identifies a request that runs at most once: 1 to 255 visible ASCII characters. Use a new random key for each
                 *     new request. The keys of different tenants are independent.
                 * @example 6f1a1d2c-5f0e-4a53-9c1e-0e4f8a6f2b7d
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Names the client's session. The agent receives the same session ID for all requests of a tenant that name the
                 *     same session, and another one for those of other tenants. A `previous_response_id` or a `conversation` has
                 *     its own session, which takes precedence. Without any of these headers, `prompt_cache_key` names the session.
                 * @example chat-42
                 */
                "X-Session-Id"?: components["parameters"]["SessionId"];
                /**
                 * @description Names the client's session, when there is no `X-Session-Id`. The name that clients of Hermes use.
                 * @example chat-42
                 */
                "X-Hermes-Session-Id"?: components["parameters"]["HermesSessionId"];
                /**
                 * @description Names the client's session, when there is none of the headers above. The name that Open WebUI uses.
                 * @example 3c0b5d1e-8f43-4a57-9d0c-5f1f7f0d8a11
                 */
                "X-OpenWebUI-Chat-Id"?: components["parameters"]["OpenWebUIChatId"];
                /**
                 * @description The answer of a simulated agent to this request: the directives of `docs/offline-agent.md`. One line is sent as
                 *     it is, several lines as a JSON string or a JSON array of strings. The message stays as it is, and rules don't
                 *     apply. Agents that run a model ignore it. On a WebSocket, send it with the upgrade; it applies to every turn.
                 * @example /say Good morning!
                 */
                "X-Talaria-Script"?: components["parameters"]["Script"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateResponseRequest"];
            };
        };
        responses: {
            /**
             * @description The finished response; the queued one with `background`. With `stream`, its events: `x-event-schema`
             *     describes the JSON of one `data:` line.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    "X-Talaria-Usage": components["headers"]["UsageSource"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Hermes-Session-Id": components["headers"]["AgentSession"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResponseResource"];
                    "text/event-stream": components["schemas"]["ResponseStreamEvent"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            502: components["responses"]["UpstreamFailed"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["UpstreamTimeout"];
            default: components["responses"]["Refused"];
        };
    };
    getResponse: {
        parameters: {
            query?: {
                /**
                 * @description Additional output to include, as in `createResponse`. A stored response already contains the output it was
                 *     created with.
                 * @example [
                 *       "reasoning.encrypted_content"
                 *     ]
                 */
                include?: components["parameters"]["Include"];
                /**
                 * @description Whether to stream the response as events. A JSON body with `stream` has the same effect: some clients send it.
                 * @example false
                 */
                stream?: components["parameters"]["Stream"];
                /**
                 * @description With `stream`, the `sequence_number` of the last event you received.
                 * @example 12
                 */
                starting_after?: components["parameters"]["StartingAfter"];
                /**
                 * @description With `stream`, whether to pad events. This server never pads them.
                 * @example false
                 */
                include_obfuscation?: components["parameters"]["IncludeObfuscation"];
            };
            header?: never;
            path: {
                /**
                 * @description The response's ID. Malformed IDs return `404`, like unknown ones.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description The stored response. With `stream`, its events: `x-event-schema` describes the JSON of one `data:`
             *     line.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResponseResource"];
                    "text/event-stream": components["schemas"]["ResponseStreamEvent"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["StreamExpired"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteResponse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The response's ID. Malformed IDs return `404`, like unknown ones.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The response is deleted. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "resp_cbf88d576d58fb3e82404768e8248e0d",
                     *       "object": "response",
                     *       "deleted": true
                     *     }
                     */
                    "application/json": components["schemas"]["DeletedResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelResponse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The response's ID. Malformed IDs return `404`, like unknown ones.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The response, which has ended. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResponseResource"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listInputItems: {
        parameters: {
            query?: {
                /**
                 * @description The ID that the page starts after: the `last_id` of the previous page. An ID that isn't in the list returns
                 *     `400`.
                 * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
                 */
                after?: components["parameters"]["After"];
                /**
                 * @description The maximum number of entries in the page.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Whether the oldest entry comes first (`asc`) or the newest (`desc`).
                 * @example asc
                 */
                order?: components["parameters"]["ItemOrder"];
                /**
                 * @description Additional output to include, as in `createResponse`. A stored response already contains the output it was
                 *     created with.
                 * @example [
                 *       "reasoning.encrypted_content"
                 *     ]
                 */
                include?: components["parameters"]["Include"];
            };
            header?: never;
            path: {
                /**
                 * @description The response's ID. Malformed IDs return `404`, like unknown ones.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    countInputTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CountInputTokensRequest"];
            };
        };
        responses: {
            /** @description The token count. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    "X-Talaria-Usage": components["headers"]["UsageSource"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InputTokenCount"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            502: components["responses"]["UpstreamFailed"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["UpstreamTimeout"];
        };
    };
    compactResponse: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompactResponseRequest"];
            };
        };
        responses: {
            /** @description The items that replace the history. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    "X-Talaria-Usage": components["headers"]["UsageSource"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompactedResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            502: components["responses"]["UpstreamFailed"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["UpstreamTimeout"];
        };
    };
    createConversation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreateConversationRequest"];
            };
        };
        responses: {
            /** @description The new conversation. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The conversation's ID. Malformed IDs return `404`, like unknown ones.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The conversation's ID. Malformed IDs return `404`, like unknown ones.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationIdInPath"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateConversationRequest"];
            };
        };
        responses: {
            /** @description The updated conversation. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The conversation's ID. Malformed IDs return `404`, like unknown ones.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation is deleted. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedConversation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listConversationItems: {
        parameters: {
            query?: {
                /**
                 * @description The ID that the page starts after: the `last_id` of the previous page. An ID that isn't in the list returns
                 *     `400`.
                 * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
                 */
                after?: components["parameters"]["After"];
                /**
                 * @description The maximum number of entries in the page.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Whether the oldest entry comes first (`asc`) or the newest (`desc`).
                 * @example asc
                 */
                order?: components["parameters"]["ItemOrder"];
                /**
                 * @description Additional output to include, as in `createResponse`. A stored response already contains the output it was
                 *     created with.
                 * @example [
                 *       "reasoning.encrypted_content"
                 *     ]
                 */
                include?: components["parameters"]["Include"];
            };
            header?: never;
            path: {
                /**
                 * @description The conversation's ID. Malformed IDs return `404`, like unknown ones.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createConversationItems: {
        parameters: {
            query?: {
                /**
                 * @description Additional output to include, as in `createResponse`. A stored response already contains the output it was
                 *     created with.
                 * @example [
                 *       "reasoning.encrypted_content"
                 *     ]
                 */
                include?: components["parameters"]["Include"];
            };
            header?: never;
            path: {
                /**
                 * @description The conversation's ID. Malformed IDs return `404`, like unknown ones.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationIdInPath"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateConversationItemsRequest"];
            };
        };
        responses: {
            /** @description The new items. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getConversationItem: {
        parameters: {
            query?: {
                /**
                 * @description Additional output to include, as in `createResponse`. A stored response already contains the output it was
                 *     created with.
                 * @example [
                 *       "reasoning.encrypted_content"
                 *     ]
                 */
                include?: components["parameters"]["Include"];
            };
            header?: never;
            path: {
                /**
                 * @description The conversation's ID. Malformed IDs return `404`, like unknown ones.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationIdInPath"];
                /**
                 * @description The item's ID.
                 * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
                 */
                item_id: components["parameters"]["ItemIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteConversationItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The conversation's ID. Malformed IDs return `404`, like unknown ones.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationIdInPath"];
                /**
                 * @description The item's ID.
                 * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
                 */
                item_id: components["parameters"]["ItemIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation without the item. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listChatCompletions: {
        parameters: {
            query?: {
                /**
                 * @description Lists only completions of this model.
                 * @example offline
                 */
                model?: components["parameters"]["ChatModelFilter"];
                /**
                 * @description Lists only completions whose `metadata` contains these pairs, each written as `metadata[KEY]=VALUE`.
                 * @example {
                 *       "topic": "weather"
                 *     }
                 */
                metadata?: components["parameters"]["ChatMetadataFilter"];
                /**
                 * @description The ID that the page starts after: the `last_id` of the previous page. An ID that isn't in the list returns
                 *     `400`.
                 * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
                 */
                after?: components["parameters"]["After"];
                /**
                 * @description The maximum number of entries in the page.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Whether the oldest entry comes first (`asc`) or the newest (`desc`).
                 * @example desc
                 */
                order?: components["parameters"]["ChatOrder"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatCompletionList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createChatCompletion: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Identifies a request that runs at most once: 1 to 255 visible ASCII characters. Use a new random key for each
                 *     new request. The keys of different tenants are independent.
                 * @example 6f1a1d2c-5f0e-4a53-9c1e-0e4f8a6f2b7d
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Names the client's session. The agent receives the same session ID for all requests of a tenant that name the
                 *     same session, and another one for those of other tenants. A `previous_response_id` or a `conversation` has
                 *     its own session, which takes precedence. Without any of these headers, `prompt_cache_key` names the session.
                 * @example chat-42
                 */
                "X-Session-Id"?: components["parameters"]["SessionId"];
                /**
                 * @description Names the client's session, when there is no `X-Session-Id`. The name that clients of Hermes use.
                 * @example chat-42
                 */
                "X-Hermes-Session-Id"?: components["parameters"]["HermesSessionId"];
                /**
                 * @description Names the client's session, when there is none of the headers above. The name that Open WebUI uses.
                 * @example 3c0b5d1e-8f43-4a57-9d0c-5f1f7f0d8a11
                 */
                "X-OpenWebUI-Chat-Id"?: components["parameters"]["OpenWebUIChatId"];
                /**
                 * @description The answer of a simulated agent to this request: the directives of `docs/offline-agent.md`. One line is sent as
                 *     it is, several lines as a JSON string or a JSON array of strings. The message stays as it is, and rules don't
                 *     apply. Agents that run a model ignore it. On a WebSocket, send it with the upgrade; it applies to every turn.
                 * @example /say Good morning!
                 */
                "X-Talaria-Script"?: components["parameters"]["Script"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateChatCompletionRequest"];
            };
        };
        responses: {
            /** @description The completion. With `stream`, its chunks: `x-event-schema` describes the JSON of one `data:` line. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    "X-Talaria-Usage": components["headers"]["UsageSource"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Hermes-Session-Id": components["headers"]["AgentSession"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatCompletion"];
                    "text/event-stream": components["schemas"]["ChatStreamEvent"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            502: components["responses"]["UpstreamFailed"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["UpstreamTimeout"];
            default: components["responses"]["Refused"];
        };
    };
    getChatCompletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The ID of a stored chat completion. Malformed IDs return `404`, like unknown ones.
                 * @example chatcmpl-6016479bfe57e6a60c32d70f45317b26
                 */
                completion_id: components["parameters"]["CompletionIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stored completion. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatCompletion"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateChatCompletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The ID of a stored chat completion. Malformed IDs return `404`, like unknown ones.
                 * @example chatcmpl-6016479bfe57e6a60c32d70f45317b26
                 */
                completion_id: components["parameters"]["CompletionIdInPath"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateChatCompletionRequest"];
            };
        };
        responses: {
            /** @description The updated completion. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatCompletion"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteChatCompletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The ID of a stored chat completion. Malformed IDs return `404`, like unknown ones.
                 * @example chatcmpl-6016479bfe57e6a60c32d70f45317b26
                 */
                completion_id: components["parameters"]["CompletionIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The completion is deleted. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedChatCompletion"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listChatCompletionMessages: {
        parameters: {
            query?: {
                /**
                 * @description The ID that the page starts after: the `last_id` of the previous page. An ID that isn't in the list returns
                 *     `400`.
                 * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
                 */
                after?: components["parameters"]["After"];
                /**
                 * @description The maximum number of entries in the page.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Whether the oldest entry comes first (`asc`) or the newest (`desc`).
                 * @example desc
                 */
                order?: components["parameters"]["ChatOrder"];
            };
            header?: never;
            path: {
                /**
                 * @description The ID of a stored chat completion. Malformed IDs return `404`, like unknown ones.
                 * @example chatcmpl-6016479bfe57e6a60c32d70f45317b26
                 */
                completion_id: components["parameters"]["CompletionIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatCompletionMessageList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All available models. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "object": "list",
                     *       "data": [
                     *         {
                     *           "id": "offline",
                     *           "object": "model",
                     *           "created": 1767225600,
                     *           "owned_by": "talaria",
                     *           "permission": [],
                     *           "root": "offline",
                     *           "parent": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ModelList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            502: components["responses"]["UpstreamFailed"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["UpstreamTimeout"];
        };
    };
    getModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The model's ID. A slash in it may be written as `/` or as `%2F`.
                 * @example offline
                 */
                model: components["parameters"]["ModelIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "offline",
                     *       "object": "model",
                     *       "created": 1767225600,
                     *       "owned_by": "talaria",
                     *       "permission": [],
                     *       "root": "offline",
                     *       "parent": null
                     *     }
                     */
                    "application/json": components["schemas"]["Model"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            502: components["responses"]["UpstreamFailed"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["UpstreamTimeout"];
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /**
                 * @description Lists only runs in one of these states.
                 * @example [
                 *       "running"
                 *     ]
                 */
                status?: components["parameters"]["RunStatusFilter"];
                /**
                 * @description Only what belongs to this tenant.
                 * @example acme
                 */
                tenant?: components["parameters"]["TenantFilter"];
                /**
                 * @description Lists only runs of this agent.
                 * @example default
                 */
                agent?: components["parameters"]["AgentFilter"];
                /**
                 * @description Lists only runs of this model.
                 * @example offline
                 */
                model?: components["parameters"]["RunModelFilter"];
                /**
                 * @description Lists only runs of this kind.
                 * @example response
                 */
                kind?: components["parameters"]["RunKindFilter"];
                /**
                 * @description Lists only runs whose ID starts with this text.
                 * @example resp_8f14
                 */
                id?: components["parameters"]["RunIdFilter"];
                /**
                 * @description Where the page starts, the `next` of the previous page. A cursor of another list returns `400`.
                 * @example cmVzcG9uc2VzOjEyMw
                 */
                after?: components["parameters"]["Cursor"];
                /**
                 * @description The maximum number of entries in the page.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of runs. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The run's ID, which is that of its response or chat completion. Unknown IDs return `404`.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                run_id: components["parameters"]["RunIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunDetails"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            404: components["responses"]["AdminNotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The run's ID, which is that of its response or chat completion. Unknown IDs return `404`.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                run_id: components["parameters"]["RunIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run. It has ended or is about to. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            404: components["responses"]["AdminNotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    steerRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The run's ID, which is that of its response or chat completion. Unknown IDs return `404`.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                run_id: components["parameters"]["RunIdInPath"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "input": "Only the last quarter, please."
                 *     }
                 */
                "application/json": components["schemas"]["SteerRunRequest"];
            };
        };
        responses: {
            /** @description The input is accepted. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "object": "run.steered",
                     *       "run_id": "resp_8f14e45fceea167a5a36dedd4bea2543",
                     *       "response_id": null
                     *     }
                     */
                    "application/json": components["schemas"]["SteeredRun"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            404: components["responses"]["AdminNotFound"];
            409: components["responses"]["AdminConflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    repeatRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The run's ID, which is that of its response or chat completion. Unknown IDs return `404`.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                run_id: components["parameters"]["RunIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new response, which is queued. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResponseResource"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            404: components["responses"]["AdminNotFound"];
            409: components["responses"]["AdminConflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                /**
                 * @description Lists only approvals in this state. Default: `pending`.
                 * @example all
                 */
                status?: components["parameters"]["ApprovalStatusFilter"];
                /**
                 * @description Only what belongs to this tenant.
                 * @example acme
                 */
                tenant?: components["parameters"]["TenantFilter"];
                /**
                 * @description Lists only approvals that this run asked for.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                run?: components["parameters"]["ApprovalRunFilter"];
                /**
                 * @description Where the page starts, the `next` of the previous page. A cursor of another list returns `400`.
                 * @example cmVzcG9uc2VzOjEyMw
                 */
                after?: components["parameters"]["Cursor"];
                /**
                 * @description The maximum number of entries in the page.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of approvals. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The ID of the `mcp_approval_request` item.
                 * @example mcpr_6512bd43d9caa6e02c990b0a82652dca
                 */
                approval_id: components["parameters"]["ApprovalIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The approval. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            404: components["responses"]["AdminNotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    answerApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The ID of the `mcp_approval_request` item.
                 * @example mcpr_6512bd43d9caa6e02c990b0a82652dca
                 */
                approval_id: components["parameters"]["ApprovalIdInPath"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerApprovalRequest"];
            };
        };
        responses: {
            /** @description The response that continues, which is queued. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResponseResource"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            404: components["responses"]["AdminNotFound"];
            409: components["responses"]["AdminConflict"];
            410: components["responses"]["ApprovalExpired"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAllResponses: {
        parameters: {
            query?: {
                /**
                 * @description Finds only the object with this ID.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                id?: components["parameters"]["ObjectIdFilter"];
                /**
                 * @description Finds only responses whose input or output contains this text.
                 * @example invoice
                 */
                text?: components["parameters"]["TextFilter"];
                /**
                 * @description Only what belongs to this tenant.
                 * @example acme
                 */
                tenant?: components["parameters"]["TenantFilter"];
                /**
                 * @description Finds only responses of this conversation.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation?: components["parameters"]["ConversationFilter"];
                /**
                 * @description Where the page starts, the `next` of the previous page. A cursor of another list returns `400`.
                 * @example cmVzcG9uc2VzOjEyMw
                 */
                after?: components["parameters"]["Cursor"];
                /**
                 * @description The maximum number of entries in the page.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of responses. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResponseSummaryList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAnyResponse: {
        parameters: {
            query?: {
                /**
                 * @description Whether to stream the response as events. A JSON body with `stream` has the same effect: some clients send it.
                 * @example false
                 */
                stream?: components["parameters"]["Stream"];
                /**
                 * @description With `stream`, the `sequence_number` of the last event you received.
                 * @example 12
                 */
                starting_after?: components["parameters"]["StartingAfter"];
            };
            header?: never;
            path: {
                /**
                 * @description The response's ID. Malformed IDs return `404`, like unknown ones.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description The stored response. With `stream`, its events: `x-event-schema` describes the JSON of one `data:`
             *     line.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResponseResource"];
                    "text/event-stream": components["schemas"]["ResponseStreamEvent"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            404: components["responses"]["AdminNotFound"];
            410: components["responses"]["StreamExpired"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteAnyResponse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The response's ID. Malformed IDs return `404`, like unknown ones.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The response is deleted. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "resp_cbf88d576d58fb3e82404768e8248e0d",
                     *       "object": "response",
                     *       "deleted": true
                     *     }
                     */
                    "application/json": components["schemas"]["DeletedResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            404: components["responses"]["AdminNotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAnyInputItems: {
        parameters: {
            query?: {
                /**
                 * @description The ID that the page starts after: the `last_id` of the previous page. An ID that isn't in the list returns
                 *     `400`.
                 * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
                 */
                after?: components["parameters"]["After"];
                /**
                 * @description The maximum number of entries in the page.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Whether the oldest entry comes first (`asc`) or the newest (`desc`).
                 * @example asc
                 */
                order?: components["parameters"]["ItemOrder"];
            };
            header?: never;
            path: {
                /**
                 * @description The response's ID. Malformed IDs return `404`, like unknown ones.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of items. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            404: components["responses"]["AdminNotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getResponseTree: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The response's ID. Malformed IDs return `404`, like unknown ones.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tree. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResponseTree"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            404: components["responses"]["AdminNotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAllConversations: {
        parameters: {
            query?: {
                /**
                 * @description Finds only the object with this ID.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                id?: components["parameters"]["ObjectIdFilter"];
                /**
                 * @description Only what belongs to this tenant.
                 * @example acme
                 */
                tenant?: components["parameters"]["TenantFilter"];
                /**
                 * @description Where the page starts, the `next` of the previous page. A cursor of another list returns `400`.
                 * @example cmVzcG9uc2VzOjEyMw
                 */
                after?: components["parameters"]["Cursor"];
                /**
                 * @description The maximum number of entries in the page.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of conversations. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationSummaryList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteAnyConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The conversation's ID. Malformed IDs return `404`, like unknown ones.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation is deleted. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "conv_3b5d5c3712955042212316173ccf37be",
                     *       "object": "conversation.deleted",
                     *       "deleted": true
                     *     }
                     */
                    "application/json": components["schemas"]["DeletedConversation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            404: components["responses"]["AdminNotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAnyConversationItems: {
        parameters: {
            query?: {
                /**
                 * @description The ID that the page starts after: the `last_id` of the previous page. An ID that isn't in the list returns
                 *     `400`.
                 * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
                 */
                after?: components["parameters"]["After"];
                /**
                 * @description The maximum number of entries in the page.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Whether the oldest entry comes first (`asc`) or the newest (`desc`).
                 * @example asc
                 */
                order?: components["parameters"]["ItemOrder"];
            };
            header?: never;
            path: {
                /**
                 * @description The conversation's ID. Malformed IDs return `404`, like unknown ones.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of items. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            404: components["responses"]["AdminNotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLoad: {
        parameters: {
            query?: {
                /**
                 * @description The period to return.
                 * @example day
                 */
                period?: components["parameters"]["LoadPeriod"];
                /**
                 * @description Only what belongs to this tenant.
                 * @example acme
                 */
                tenant?: components["parameters"]["TenantFilter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The load. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Load"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRules: {
        parameters: {
            query?: {
                /**
                 * @description The name of the agent, if several have rules. Defaults to the first one.
                 * @example default
                 */
                agent?: components["parameters"]["RulesAgent"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rules. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "object": "rules",
                     *       "agent": "default",
                     *       "source": "replaced",
                     *       "strict": false,
                     *       "seed": 0,
                     *       "models": [
                     *         "rules"
                     *       ],
                     *       "rules": [
                     *         {
                     *           "name": "refund",
                     *           "matched": 2,
                     *           "rule": {
                     *             "name": "refund",
                     *             "when": {
                     *               "message": "*refund*"
                     *             },
                     *             "reply": {
                     *               "text": "Done."
                     *             }
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RuleReport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            409: components["responses"]["NoRules"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    replaceRules: {
        parameters: {
            query?: {
                /**
                 * @description The name of the agent, if several have rules. Defaults to the first one.
                 * @example default
                 */
                agent?: components["parameters"]["RulesAgent"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "rules": [
                 *         {
                 *           "name": "refund",
                 *           "when": {
                 *             "message": "*refund*"
                 *           },
                 *           "reply": {
                 *             "text": "Done."
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RuleSet"];
            };
        };
        responses: {
            /** @description The rules. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "object": "rules",
                     *       "agent": "default",
                     *       "source": "replaced",
                     *       "strict": false,
                     *       "seed": 0,
                     *       "models": [
                     *         "rules"
                     *       ],
                     *       "rules": [
                     *         {
                     *           "name": "refund",
                     *           "matched": 2,
                     *           "rule": {
                     *             "name": "refund",
                     *             "when": {
                     *               "message": "*refund*"
                     *             },
                     *             "reply": {
                     *               "text": "Done."
                     *             }
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RuleReport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            409: components["responses"]["NoRules"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    resetRules: {
        parameters: {
            query?: {
                /**
                 * @description The name of the agent, if several have rules. Defaults to the first one.
                 * @example default
                 */
                agent?: components["parameters"]["RulesAgent"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rules. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "object": "rules",
                     *       "agent": "default",
                     *       "source": "replaced",
                     *       "strict": false,
                     *       "seed": 0,
                     *       "models": [
                     *         "rules"
                     *       ],
                     *       "rules": [
                     *         {
                     *           "name": "refund",
                     *           "matched": 2,
                     *           "rule": {
                     *             "name": "refund",
                     *             "when": {
                     *               "message": "*refund*"
                     *             },
                     *             "reply": {
                     *               "text": "Done."
                     *             }
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RuleReport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            409: components["responses"]["NoRules"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listJournalEntries: {
        parameters: {
            query?: {
                /**
                 * @description Lists only requests of this operation.
                 * @example createResponse
                 */
                operation?: components["parameters"]["JournalOperationFilter"];
                /**
                 * @description Lists only requests of this path. `*` stands for any text.
                 * @example /v1/responses*
                 */
                path?: components["parameters"]["JournalPathFilter"];
                /**
                 * @description Lists only requests that name this model. `*` stands for any text.
                 * @example gpt-*
                 */
                model?: components["parameters"]["JournalModelFilter"];
                /**
                 * @description Lists only requests whose body contains this text, in any string.
                 * @example invoice
                 */
                text?: components["parameters"]["JournalTextFilter"];
                /**
                 * @description Lists only requests with this HTTP status.
                 * @example 429
                 */
                status?: components["parameters"]["JournalStatusFilter"];
                /**
                 * @description Lists only requests that ended like this.
                 * @example completed
                 */
                outcome?: components["parameters"]["JournalOutcomeFilter"];
                /**
                 * @description Lists only requests that the rule with this name answered.
                 * @example refund
                 */
                rule?: components["parameters"]["JournalRuleFilter"];
                /**
                 * @description Only what belongs to this tenant.
                 * @example acme
                 */
                tenant?: components["parameters"]["TenantFilter"];
                /**
                 * @description Whether the oldest entry comes first (`asc`) or the newest (`desc`).
                 * @example asc
                 */
                order?: components["parameters"]["ItemOrder"];
                /**
                 * @description Where the page starts, the `next` of the previous page. A cursor of another list returns `400`.
                 * @example cmVzcG9uc2VzOjEyMw
                 */
                after?: components["parameters"]["Cursor"];
                /**
                 * @description The maximum number of entries in the page.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of requests. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalEntryList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            409: components["responses"]["JournalDisabled"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    resetJournal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The journal is empty. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "object": "journal.reset",
                     *       "removed": 3
                     *     }
                     */
                    "application/json": components["schemas"]["JournalReset"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            409: components["responses"]["JournalDisabled"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    verifyRequests: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyRequestsRequest"];
            };
        };
        responses: {
            /** @description The verdict. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalVerdict"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            409: components["responses"]["JournalDisabled"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    waitForRequests: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "match": {
                 *         "operation": "createResponse",
                 *         "text": "invoice"
                 *       },
                 *       "at_least": 2,
                 *       "timeout_ms": 10000
                 *     }
                 */
                "application/json": components["schemas"]["WaitForRequestsRequest"];
            };
        };
        responses: {
            /** @description The verdict. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalVerdict"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            409: components["responses"]["JournalDisabled"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getJournalEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The request's ID. Unknown IDs return `404`.
                 * @example req_0cc175b9c0f1b6a831c399e269772661
                 */
                entry_id: components["parameters"]["JournalEntryId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalEntry"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            404: components["responses"]["AdminNotFound"];
            409: components["responses"]["JournalDisabled"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAgents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agents. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTenants: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tenants. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["OperatorRequired"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process is running. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "platform": "talaria",
                     *       "version": "0.2.0"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The store and the agent answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "checks": {
                     *         "store": "ok",
                     *         "agent": "ok"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            /**
             * @description The store or the agent doesn't answer, or the server is about to stop. In the latter case, the body is an
             *     error with the code `server_shutting_down`, and requests are still served for a moment.
             */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "unavailable",
                     *       "checks": {
                     *         "store": "ok",
                     *         "agent": "failed"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Unreadiness"];
                };
            };
        };
    };
    onResponseCompleted: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Identifies the webhook. Attempts to send it again have the same ID.
                 * @example wh_019aa8d0f1c9e0b7d2c4a6f813579bdf
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in Unix seconds. Refuse old ones, which may be replayed.
                 * @example 1764494280
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description `v1,` and the base64 of the HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`. With several secrets, the
                 *     signature of each, separated by spaces.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "evt_019aa8d0f1c4d6a98c3b7e2f1a5d4c60",
                 *       "object": "event",
                 *       "created_at": 1764494280,
                 *       "type": "response.completed",
                 *       "data": {
                 *         "id": "resp_019aa8d0ef4e3cb87a5d2a1c9b3e6f70"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ResponseCompletedWebhookEvent"];
            };
        };
        responses: {
            200: components["responses"]["WebhookReceived"];
            410: components["responses"]["WebhookGone"];
        };
    };
    onResponseFailed: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Identifies the webhook. Attempts to send it again have the same ID.
                 * @example wh_019aa8d0f1c9e0b7d2c4a6f813579bdf
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in Unix seconds. Refuse old ones, which may be replayed.
                 * @example 1764494280
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description `v1,` and the base64 of the HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`. With several secrets, the
                 *     signature of each, separated by spaces.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "evt_019aa8d0f1c4d6a98c3b7e2f1a5d4c60",
                 *       "object": "event",
                 *       "created_at": 1764494280,
                 *       "type": "response.failed",
                 *       "data": {
                 *         "id": "resp_019aa8d0ef4e3cb87a5d2a1c9b3e6f70"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ResponseFailedWebhookEvent"];
            };
        };
        responses: {
            200: components["responses"]["WebhookReceived"];
            410: components["responses"]["WebhookGone"];
        };
    };
    onResponseIncomplete: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Identifies the webhook. Attempts to send it again have the same ID.
                 * @example wh_019aa8d0f1c9e0b7d2c4a6f813579bdf
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in Unix seconds. Refuse old ones, which may be replayed.
                 * @example 1764494280
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description `v1,` and the base64 of the HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`. With several secrets, the
                 *     signature of each, separated by spaces.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "evt_019aa8d0f1c4d6a98c3b7e2f1a5d4c60",
                 *       "object": "event",
                 *       "created_at": 1764494280,
                 *       "type": "response.incomplete",
                 *       "data": {
                 *         "id": "resp_019aa8d0ef4e3cb87a5d2a1c9b3e6f70"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ResponseIncompleteWebhookEvent"];
            };
        };
        responses: {
            200: components["responses"]["WebhookReceived"];
            410: components["responses"]["WebhookGone"];
        };
    };
    onResponseCancelled: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Identifies the webhook. Attempts to send it again have the same ID.
                 * @example wh_019aa8d0f1c9e0b7d2c4a6f813579bdf
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in Unix seconds. Refuse old ones, which may be replayed.
                 * @example 1764494280
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description `v1,` and the base64 of the HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`. With several secrets, the
                 *     signature of each, separated by spaces.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "evt_019aa8d0f1c4d6a98c3b7e2f1a5d4c60",
                 *       "object": "event",
                 *       "created_at": 1764494280,
                 *       "type": "response.cancelled",
                 *       "data": {
                 *         "id": "resp_019aa8d0ef4e3cb87a5d2a1c9b3e6f70"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ResponseCancelledWebhookEvent"];
            };
        };
        responses: {
            200: components["responses"]["WebhookReceived"];
            410: components["responses"]["WebhookGone"];
        };
    };
    onApprovalRequested: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Identifies the webhook. Attempts to send it again have the same ID.
                 * @example wh_019aa8d0f1c9e0b7d2c4a6f813579bdf
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in Unix seconds. Refuse old ones, which may be replayed.
                 * @example 1764494280
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description `v1,` and the base64 of the HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`. With several secrets, the
                 *     signature of each, separated by spaces.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "evt_019aa8d0f1c4d6a98c3b7e2f1a5d4c60",
                 *       "object": "event",
                 *       "created_at": 1764494280,
                 *       "type": "approval.requested",
                 *       "data": {
                 *         "id": "mcpr_019aa8d0f1c27b3fa5e3cd8b54d0a871",
                 *         "response_id": "resp_019aa8d0ef4e3cb87a5d2a1c9b3e6f70",
                 *         "server_label": "files",
                 *         "name": "write_file",
                 *         "expires_at": 1764580680
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ApprovalRequestedWebhookEvent"];
            };
        };
        responses: {
            200: components["responses"]["WebhookReceived"];
            410: components["responses"]["WebhookGone"];
        };
    };
}
