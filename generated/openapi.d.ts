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
         * @description Answers one turn and, unless `store` is false, keeps it.
         *
         *     **State.** With `previous_response_id` the turn continues an earlier response: what was said in that one, and in those
         *     before it, comes first, then `input`. A response may be continued more than once; the branches don't see each other.
         *     Deleting a response doesn't harm those that continue it.
         *
         *     With `conversation` in its place, all items of the conversation come first, and `input` and output are added to them
         *     together when the response has ended. One response at a time: while one is being made, another is refused with `409` and
         *     `conversation_locked`.
         *
         *     An `item_reference` in `input` stands for an item that the server has kept, of any response or conversation.
         *
         *     **Tools.** When the model calls a function, the response ends with `function_call` items. Run them, and continue the
         *     response with a `function_call_output` for each, with the same `call_id`. An output whose call is neither in `input` nor in
         *     what comes before it is a `400`. Calls that the agent ran itself come with their outputs.
         *
         *     Custom tools work in the same way, with `custom_tool_call` and `custom_tool_call_output`; an agent that knows functions
         *     alone is shown a function with one text, which describes the grammar. The tools of a namespace are offered under one
         *     name, and their calls come back with `namespace` and `name` apart. Tools can also come in `input`, as `additional_tools`.
         *     `tool_choice` and `parallel_tool_calls` hold whatever the agent does: a call that isn't allowed never reaches the client,
         *     and a turn that lacks the call it must have fails.
         *
         *     **Structured outputs.** With a `text.format` of `json_schema` or `json_object` the answer is checked before the response
         *     ends. One that doesn't fit fails the response, after the agent was told what is wrong and given a second try. A stream
         *     has shown the first answer already, so there is no second.
         *
         *     **Reasoning.** With `reasoning.encrypted_content` in `include`, `reasoning` items also carry what was thought in sealed
         *     form. A client that keeps its own history sends them back as they came.
         *
         *     **Compaction.** A `compaction_trigger` as the last item of `input` has the agent sum up everything before it: the response
         *     completes with one `compaction` item and no answer. With a `compact_threshold` in `context_management` the same happens
         *     by itself once there are more tokens than that; the item then comes before the answer, and stands for the history in
         *     the turns after it. See also `compactResponse`.
         *
         *     **Streaming.** Each event is a line `event: TYPE`, a line `data: JSON` whose `type` is the same, and an empty line. First
         *     come `response.created` and `response.in_progress`. Each item of the output then goes from `response.output_item.added`
         *     over its deltas to `response.output_item.done`; put together, the deltas are the same as the finished item. Exactly one
         *     of `response.completed`, `response.incomplete` and `response.failed` ends the response, and `data: [DONE]` the stream. By
         *     then the response is stored, so that the next turn can build on it at once. `sequence_number` counts the events from 0.
         *
         *     **Background.** With `background: true` the answer comes at once: the response as it stands, `queued`. The work goes on whether
         *     or not anybody waits for it. Retrieve the response to see how far it got, follow its events with `stream` there, or stop
         *     it with `cancelResponse`. With `stream: true` as well the events come here from the start, `response.queued` among them; a
         *     client that loses the connection follows them further with `GET /v1/responses/{response_id}?stream=true`. It needs `store`.
         *
         *     **Once.** A request with an `Idempotency-Key` is done once, however often it is sent: sent again with the same body, it gets
         *     the same response, waits for the one that is being made, or gets its events from the first on, each time with
         *     `Idempotency-Replayed: true`. Its work goes on when the client goes away, so that the client can come back. With another
         *     body the key is refused with `409` and `idempotency_key_conflict`. A key is kept for 24 hours; an attempt that failed before
         *     it produced anything frees it. One that failed later is told as it failed; the status of a plain one is then `502`.
         *
         *     **WebSocket.** The same over one connection for many turns: `GET /v1/responses` with an upgrade to a WebSocket, under the
         *     same keys and limits. A client sends `WebSocketResponseCreate` frames and gets the events of a stream, one to a frame,
         *     without `[DONE]`. Turns run one at a time, in the order of their frames. The connection remembers its latest responses, so
         *     that `previous_response_id` works there also with `store: false`; when a turn that continues one fails, the connection
         *     forgets that one. What can't begin is answered with a `WebSocketErrorEvent`, after which the socket can be used again.
         *     After 60 minutes the last frame is such an error, `websocket_connection_limit_reached`. Any other upgrade is a `426`, but an
         *     offer of HTTP/2 in clear text, which is passed over.
         */
        post: operations["createResponse"];
        delete?: never;
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
         * @description Lists the chat completions that were kept because their request had `store: true`, the oldest first unless `order` says
         *     otherwise.
         */
        get: operations["listChatCompletions"];
        put?: never;
        /**
         * Create a chat completion
         * @description Answers the last message of a conversation. Nothing is kept unless `store` is true.
         *
         *     **Tools.** When the model calls functions or custom tools, `finish_reason` is `tool_calls`. Run them, and send the
         *     conversation again with the assistant's message and a `tool` message for each call. Calls that the agent ran itself
         *     aren't shown, because a client would run them again.
         *
         *     **Structured outputs.** With a `response_format` of `json_schema` or `json_object` the answer is checked. One that doesn't
         *     fit fails, after the agent was told what is wrong and given a second try. A stream has shown the first answer already,
         *     so there is no second.
         *
         *     **Streaming.** Each chunk is a line `data: JSON` and an empty line; there is no `event:` line. The first chunk has the role,
         *     the last one of an answer the `finish_reason`. With `stream_options.include_usage` one more chunk, without choices, has the
         *     token counts. `data: [DONE]` is last. When the agent breaks off, the last line has an `error` in place of a chunk, and there
         *     is no `[DONE]`.
         *
         *     **Once.** A request with an `Idempotency-Key` is done once, as in `createResponse`.
         */
        post: operations["createChatCompletion"];
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
         * @description Counts the tokens that the model would read for a request, and runs nothing. The history, the instructions and the tools
         *     count too. The count is this server's own, by a real tokenizer that may not be the one of the agent's model, with a fixed
         *     number for each image and file; so `X-Talaria-Usage` says `estimate`.
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
         * @description Shortens a history, so that a long conversation fits the model again. The agent sums up what was said; the summary, and
         *     calls that still wait for their outputs, come back as one `compaction` item, sealed so that only this server can read it.
         *     Messages of the system and the developer stand before it, word for word. Send the `output` as the first items of the next
         *     response's `input`, without `previous_response_id`: the id of a compaction isn't the id of a response. Nothing is kept.
         */
        post: operations["compactResponse"];
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
                 * @description The `id` of a response. Text that can't be an id is a `404`, like an unknown id.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseId"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a response
         * @description Returns a stored response, as it was when its turn ended; one that is being made as far as it got.
         *
         *     With `stream` it gives the events of the response from the first on, or from the one after `starting_after`, and then
         *     those to come until it has ended: with the same sequence numbers, ids and JSON, to any number of readers. That works for
         *     24 hours after the end; from then on it is refused with `410` and `response_stream_expired`, while the response itself can
         *     still be retrieved. A response that was neither streamed nor made in the background is told in as few events as can be.
         */
        get: operations["getResponse"];
        put?: never;
        post?: never;
        /**
         * Delete a response
         * @description Removes a response at once: it can't be retrieved or continued any more. Responses that continue it still know what was
         *     said; what no response builds on is erased. One that is being made in the background is stopped.
         */
        delete: operations["deleteResponse"];
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
                 * @description The `id` of a response. Text that can't be an id is a `404`, like an unknown id.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseId"];
            };
            cookie?: never;
        };
        /**
         * List input items
         * @description Lists what a stored response was given as its own `input`, the newest first unless `order` says otherwise. What came from
         *     `previous_response_id` or a conversation belongs to those and isn't listed.
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
    "/v1/responses/{response_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `id` of a response. Text that can't be an id is a `404`, like an unknown id.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a response
         * @description Stops a response that was created with `background: true`, also while it waits for its turn, and returns it with the
         *     `status` of `cancelled` and what was said by then. Its events end in `response.incomplete`. One that has ended is returned
         *     as it is. A response that wasn't made in the background ends when its client goes away; to cancel it here is refused with
         *     `400` and `invalid_value`.
         */
        post: operations["cancelResponse"];
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
         * @description Starts a conversation, which may begin with up to 20 items. A response that names it in `conversation` reads all its items
         *     and adds its own input and output to them. A conversation is kept until it is deleted. Content that no agent can be given
         *     (a file by its id, a picture's URL that begins with `file:`, encrypted content of another server) is refused here already,
         *     for no turn could read it.
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
                 * @description The `id` of a conversation. Text that can't be an id is a `404`, like an unknown id.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a conversation
         * @description Returns a conversation, without its items.
         */
        get: operations["getConversation"];
        put?: never;
        /**
         * Update a conversation
         * @description Replaces a conversation's `metadata`.
         */
        post: operations["updateConversation"];
        /**
         * Delete a conversation
         * @description Removes a conversation and its items. Responses that were made in it stay, and can be retrieved and continued.
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
                 * @description The `id` of a conversation. Text that can't be an id is a `404`, like an unknown id.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        /**
         * List the items of a conversation
         * @description Lists what was said in a conversation, the newest first unless `order` says otherwise.
         */
        get: operations["listConversationItems"];
        put?: never;
        /**
         * Add items to a conversation
         * @description Adds up to 20 items at the end of a conversation, in order and all at once. Items that a response produced are accepted as
         *     they came, and an `item_reference` is replaced by what it names. Items that are added while a response is being made in
         *     the conversation come before that response's own, and its model doesn't see them. Content that no agent can be given is
         *     refused, as in `createConversation`.
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
                 * @description The `id` of a conversation. Text that can't be an id is a `404`, like an unknown id.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationId"];
                /**
                 * @description The `id` of an item.
                 * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
                 */
                item_id: components["parameters"]["ItemId"];
            };
            cookie?: never;
        };
        /**
         * Retrieve an item of a conversation
         * @description Returns one item of a conversation.
         */
        get: operations["getConversationItem"];
        put?: never;
        post?: never;
        /**
         * Delete an item of a conversation
         * @description Removes one item from a conversation and returns the conversation. A call and its output are two items; delete both or
         *     neither, since a model refuses an output whose call is missing.
         */
        delete: operations["deleteConversationItem"];
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
                 * @description The `id` of a stored chat completion. Text that can't be an id is a `404`, like an unknown id.
                 * @example chatcmpl-6016479bfe57e6a60c32d70f45317b26
                 */
                completion_id: components["parameters"]["CompletionId"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a chat completion
         * @description Returns a chat completion that was kept because its request had `store: true`.
         */
        get: operations["getChatCompletion"];
        put?: never;
        /**
         * Update a chat completion
         * @description Replaces a stored chat completion's `metadata`.
         */
        post: operations["updateChatCompletion"];
        /**
         * Delete a chat completion
         * @description Removes a stored chat completion at once.
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
                 * @description The `id` of a stored chat completion. Text that can't be an id is a `404`, like an unknown id.
                 * @example chatcmpl-6016479bfe57e6a60c32d70f45317b26
                 */
                completion_id: components["parameters"]["CompletionId"];
            };
            cookie?: never;
        };
        /**
         * List the messages of a chat completion
         * @description Lists the messages that a stored chat completion was asked with, as they were sent, the oldest first unless `order` says
         *     otherwise. The answer isn't among them; it is in the completion.
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
         * @description Lists the models that the agent offers, the default first. A server that is set to one model (`AGENT_MODEL`) lists that
         *     one, and answers with it whatever a request names.
         *
         *     With several agents it lists those of all that the key's owner may use. A request's `model` then chooses the agent:
         *     by the name in this list, as `AGENT/MODEL`, or as `AGENT` alone for that agent's default. Any other name is a `404`. A
         *     model whose name another agent has too is in the list as `AGENT/MODEL`. An agent that can't be asked is left out.
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
                 * @description The `id` of a model. A slash in it is written `%2F`.
                 * @example offline
                 */
                model: components["parameters"]["ModelId"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a model
         * @description Returns one model of `listModels`.
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
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the server alive
         * @description Answers as long as the process runs; looks at nothing else.
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
         * Can the server work
         * @description Tries the store and the agent; of several agents, one that answers is enough. What is wrong is told in the server's log.
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
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The body of every answer with a status of 400 or more. */
        ErrorResponse: {
            error: components["schemas"]["ErrorDetail"];
        };
        /** @description What went wrong. */
        ErrorDetail: {
            /** @description For a person to read. */
            message: string;
            /** @description The class of error, `invalid_request_error`, `rate_limit_error` or `server_error`; an agent's own pass through. */
            type: string;
            /**
             * @description The part of the request at fault, as a path such as `messages[2].content[0].type`; `null` when no part is.
             * @example messages[2].content[0].type
             * @example previous_response_id
             * @example null
             */
            param: string | null;
            /**
             * @description For a program to read; stable. This server gives `invalid_json`, `missing_required_parameter`, `invalid_type`,
             *     `invalid_value`, `unsupported_parameter`, `unsupported_value`, `context_length_exceeded`, `schema_too_expensive`,
             *     `invalid_encrypted_content`, `invalid_api_key`, `host_not_allowed`, `origin_not_allowed`, `not_found`,
             *     `model_not_found`, `response_not_found`, `previous_response_not_found`, `conversation_not_found`, `item_not_found`,
             *     `chat_completion_not_found`, `method_not_allowed`, `conversation_locked`, `previous_response_in_progress`,
             *     `idempotency_key_conflict`, `response_stream_expired`, `request_too_large`, `unsupported_media_type`,
             *     `expectation_failed`, `upgrade_required`, `rate_limit_exceeded`, `insufficient_quota`, `internal_error`,
             *     `run_attempts_exceeded`, `upstream_error`, `answer_too_large`, `server_shutting_down`, `store_unavailable`,
             *     `upstream_timeout` and `run_timeout`; on a WebSocket also
             *     `websocket_connection_limit_reached`. An agent that refuses a request may give a code of its own.
             * @example invalid_value
             * @example response_not_found
             */
            code: string | null;
        };
        /** @description A model that the agent offers. */
        Model: {
            /**
             * @description The name to give as `model`.
             * @example offline
             * @example llama3.2:3b
             */
            id: string;
            /** @constant */
            object: "model";
            /** @description When the model was made, in Unix seconds. */
            created: number;
            /** @description Who offers it. */
            owned_by: string;
            /** @description Always empty. */
            permission: components["schemas"]["JsonObject"][];
            /** @description The same as `id`. */
            root: string;
            /** @description Always `null`. */
            parent: null;
        };
        /** @description The models on offer, the default first. */
        ModelList: {
            /** @constant */
            object: "list";
            /** @description The models. */
            data: components["schemas"]["Model"][];
        };
        /** @description Says that a response was deleted. */
        DeletedResponse: {
            /** @description The id of the deleted response. */
            id: string;
            /** @constant */
            object: "response";
            /** @constant */
            deleted: true;
        };
        /** @description A page of items. */
        ItemList: {
            /** @constant */
            object: "list";
            /** @description The items. */
            data: components["schemas"]["Item"][];
            first_id: components["schemas"]["FirstId"];
            last_id: components["schemas"]["LastId"];
            has_more: components["schemas"]["HasMore"];
        };
        /** @description The `id` of the first entry of the page; `null` when it is empty. */
        FirstId: string | null;
        /** @description The `id` of the last entry of the page, to give as `after`; `null` when the page is empty. */
        LastId: string | null;
        /** @description Whether there are more entries after this page. */
        HasMore: boolean;
        /** @description A sign of life. */
        Health: {
            /** @constant */
            status: "ok";
            /** @constant */
            platform: "talaria";
            /** @description The server's version. */
            version: string;
        };
        /** @description Why the server is not ready. The checks, or, once it stops, an error. */
        Unreadiness: components["schemas"]["Readiness"] | components["schemas"]["ErrorResponse"];
        /** @description What the server depends on and whether it works. */
        Readiness: {
            /** @description `ready` when every check is `ok`. */
            status: components["schemas"]["ReadinessStatus"];
            checks: components["schemas"]["ReadinessChecks"];
        };
        /**
         * @description Whether the server can work.
         * @enum {string}
         */
        ReadinessStatus: "ready" | "unavailable";
        /** @description One entry for each thing that was tried. */
        ReadinessChecks: {
            store: components["schemas"]["CheckResult"];
            agent: components["schemas"]["CheckResult"];
        };
        /**
         * @description Whether one thing works.
         * @enum {string}
         */
        CheckResult: "ok" | "failed";
        /**
         * @description Up to 16 pairs of your own, kept with what they were sent for and returned as they were sent.
         * @example {
         *       "customer": "4711",
         *       "topic": "weather"
         *     }
         */
        Metadata: {
            [key: string]: string;
        };
        /** @description Pairs to look for. */
        MetadataFilter: {
            [key: string]: string;
        };
        /**
         * @description Whether the oldest comes first (`asc`) or the newest (`desc`).
         * @enum {string}
         */
        SortOrder: "asc" | "desc";
        /** @description Plain text, where something else could stand. */
        Text: string;
        /** @description Any JSON object. */
        JsonObject: {
            [key: string]: unknown;
        };
        /**
         * @description A JSON Schema, as an object.
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
         * @description How much the model should think before it answers. The agent says which of these it knows.
         * @enum {string}
         */
        ReasoningEffort: "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max";
        /**
         * @description How long-winded the answer should be.
         * @enum {string}
         */
        Verbosity: "low" | "medium" | "high";
        /**
         * @description How closely the model should look at an image.
         * @enum {string}
         */
        ImageDetail: "auto" | "low" | "high" | "original";
        /**
         * @description How long a provider should keep a cached prompt.
         * @enum {string}
         */
        PromptCacheRetention: "in_memory" | "in-memory" | "24h";
        /** @description How a provider should cache the prompt. Accepted and not used by this server. */
        PromptCacheOptions: {
            /** @description Whether the provider or the request chooses what is cached. */
            mode?: components["schemas"]["PromptCacheMode"];
            /** @description How long to keep it. */
            ttl?: string;
        };
        /**
         * @description Who chooses what is cached.
         * @enum {string}
         */
        PromptCacheMode: "implicit" | "explicit";
        /** @description Marks where a cached prompt may end. Accepted and not used by this server. */
        PromptCacheBreakpoint: {
            /** @constant */
            mode?: "explicit";
        };
        /** @description Asks a provider to check what is said. Accepted and not used by this server. */
        ModerationSettings: {
            /** @description The model that checks. */
            model?: string;
            /** @description What to do with a finding. */
            policy?: components["schemas"]["JsonObject"] | null;
        };
        /** @description What the input of a custom tool looks like. */
        CustomToolFormat: components["schemas"]["CustomToolFormatText"] | components["schemas"]["CustomToolFormatGrammar"];
        /** @description Any text. */
        CustomToolFormatText: {
            /** @constant */
            type: "text";
        };
        /** @description Text that follows a grammar. */
        CustomToolFormatGrammar: {
            /** @constant */
            type: "grammar";
            /** @description How the grammar is written. */
            syntax: components["schemas"]["GrammarSyntax"];
            /** @description The grammar. */
            definition: string;
        };
        /**
         * @description A way to write a grammar.
         * @enum {string}
         */
        GrammarSyntax: "lark" | "regex";
        /** @description A conversation whose last message is to be answered. `null` in an optional field means that it wasn't sent. */
        CreateChatCompletionRequest: {
            /** @description The conversation, oldest first. */
            messages: components["schemas"]["ChatMessage"][];
            /** @description Which model answers, by its id in `listModels`. Without it, or when it is empty, the agent's default answers. */
            model?: string | null;
            /**
             * @description Whether to send the answer in chunks while it is made.
             * @default false
             */
            stream?: boolean | null;
            /** @description Only used when `stream` is true. */
            stream_options?: components["schemas"]["StreamOptions"] | null;
            /** @description What the model may call. This server hands the calls to the client, which runs them. */
            tools?: components["schemas"]["ChatTool"][] | null;
            /** @description Whether a tool may or must be called. `auto` when there are tools, else `none`. */
            tool_choice?: components["schemas"]["ChatToolChoice"] | null;
            /** @description Whether the model may make several calls in one turn. */
            parallel_tool_calls?: boolean | null;
            /** @description The form of the answer's text. */
            response_format?: components["schemas"]["ChatResponseFormat"] | null;
            /** @description The most tokens to produce, reasoning included. */
            max_completion_tokens?: number | null;
            /** @description The older name of `max_completion_tokens`; used when that isn't given. */
            max_tokens?: number | null;
            /** @description How freely tokens are chosen. */
            temperature?: number | null;
            /** @description How much of the probability mass tokens are chosen from. */
            top_p?: number | null;
            /** @description Above 0 makes new subjects likelier. */
            presence_penalty?: number | null;
            /** @description Above 0 makes repetition less likely. */
            frequency_penalty?: number | null;
            /** @description Added to the odds of single tokens, by token id. */
            logit_bias?: components["schemas"]["LogitBias"] | null;
            /** @description Whether to report the log probability of each token. */
            logprobs?: boolean | null;
            /** @description How many alternatives to report for each token. */
            top_logprobs?: number | null;
            /**
             * @description How many answers to make.
             * @default 1
             */
            n?: number | null;
            /** @description Texts that end the answer; they aren't part of it. */
            stop?: components["schemas"]["ChatStop"] | null;
            /** @description Asks for the same answer to the same request. How well that works is up to the model. */
            seed?: number | null;
            reasoning_effort?: components["schemas"]["ReasoningEffort"] | null;
            verbosity?: components["schemas"]["Verbosity"] | null;
            /** @description A class of service. This server has one; when one is named it reports `default`. */
            service_tier?: string | null;
            /** @description Names your user to the agent. */
            user?: string | null;
            /** @description Names your user to the agent when `user` doesn't. */
            safety_identifier?: string | null;
            /** @description Groups requests with a common prompt. Accepted and not used. */
            prompt_cache_key?: string | null;
            prompt_cache_retention?: components["schemas"]["PromptCacheRetention"] | null;
            prompt_cache_options?: components["schemas"]["PromptCacheOptions"] | null;
            metadata?: components["schemas"]["Metadata"] | null;
            /**
             * @description Whether to keep the completion, so that it can be listed and retrieved.
             * @default false
             */
            store?: boolean | null;
            /** @description The kinds of output wanted. `audio` is refused with `unsupported_parameter`. */
            modalities?: components["schemas"]["ChatModality"][] | null;
            audio?: components["schemas"]["ChatAudioSettings"] | null;
            prediction?: components["schemas"]["ChatPrediction"] | null;
            web_search_options?: components["schemas"]["ChatWebSearchOptions"] | null;
            moderation?: components["schemas"]["ModerationSettings"] | null;
            /**
             * @deprecated
             * @description The older form of `tools`.
             */
            functions?: components["schemas"]["ChatFunction"][] | null;
            /**
             * @deprecated
             * @description The older form of `tool_choice`.
             */
            function_call?: components["schemas"]["ChatFunctionCallOption"] | null;
        };
        /** @description How to stream. */
        StreamOptions: {
            /** @description Chat Completions only. Whether a last chunk, without choices, reports the token counts. */
            include_usage?: boolean | null;
            /** @description Accepted; this server never pads its events. */
            include_obfuscation?: boolean | null;
        };
        /** @description A number for each token id, added to its odds. */
        LogitBias: {
            [key: string]: number;
        };
        /** @description One text, or up to four. */
        ChatStop: components["schemas"]["Text"] | components["schemas"]["ChatStopTexts"];
        /** @description Texts that end the answer. */
        ChatStopTexts: string[];
        /**
         * @description A kind of output.
         * @enum {string}
         */
        ChatModality: "text" | "audio";
        /** @description How spoken output should sound. Refused with `unsupported_parameter`; agents produce text. */
        ChatAudioSettings: {
            /** @description A voice, by name or as `{id}`. */
            voice: components["schemas"]["ChatAudioVoice"];
            /** @description The audio format. */
            format: components["schemas"]["ChatAudioFormat"];
        };
        /** @description A voice, by name or as `{id}`. */
        ChatAudioVoice: components["schemas"]["Text"] | components["schemas"]["JsonObject"];
        /**
         * @description A format of spoken output.
         * @enum {string}
         */
        ChatAudioFormat: "wav" | "aac" | "mp3" | "flac" | "opus" | "pcm16";
        /** @description Text that the answer will largely repeat. Accepted and not used. */
        ChatPrediction: {
            /** @constant */
            type: "content";
            content: components["schemas"]["ChatTextContent"];
        };
        /** @description How to search the web. This server has no web search; accepted and not used. */
        ChatWebSearchOptions: {
            /** @description How much of what is found to use. */
            search_context_size?: components["schemas"]["SearchContextSize"];
            /** @description Where the user is. */
            user_location?: components["schemas"]["JsonObject"] | null;
        };
        /**
         * @description How much of what a search finds is used.
         * @enum {string}
         */
        SearchContextSize: "low" | "medium" | "high";
        /** @description One message. Its `role` says who speaks. */
        ChatMessage: components["schemas"]["ChatUserMessage"] | components["schemas"]["ChatAssistantMessage"] | components["schemas"]["ChatToolMessage"] | components["schemas"]["ChatSystemMessage"] | components["schemas"]["ChatDeveloperMessage"] | components["schemas"]["ChatFunctionMessage"];
        /** @description What the user says. */
        ChatUserMessage: {
            /** @constant */
            role: "user";
            content: components["schemas"]["ChatContent"];
            /** @description Tells speakers of one role apart. */
            name?: string | null;
        };
        /** @description What the model said earlier. */
        ChatAssistantMessage: {
            /** @constant */
            role: "assistant";
            /** @description What it said; may be missing when it only called tools. */
            content?: components["schemas"]["ChatContent"] | null;
            /** @description How it refused. */
            refusal?: string | null;
            /** @description What it thought, as this server reported it. */
            reasoning_content?: string | null;
            /** @description What it called. */
            tool_calls?: components["schemas"]["ChatToolCall"][] | null;
            /** @description Tells speakers of one role apart. */
            name?: string | null;
            /** @description An earlier spoken answer. Accepted and not used. */
            audio?: components["schemas"]["JsonObject"] | null;
            /**
             * @deprecated
             * @description The older form of `tool_calls`.
             */
            function_call?: components["schemas"]["ChatFunctionCall"] | null;
        };
        /** @description What a tool gave back. */
        ChatToolMessage: {
            /** @constant */
            role: "tool";
            content: components["schemas"]["ChatContent"];
            /** @description The id of the call that this answers. */
            tool_call_id: string;
        };
        /** @description How the model should behave. All system and developer messages are joined into one prompt on top of the agent's own. */
        ChatSystemMessage: {
            /** @constant */
            role: "system";
            content: components["schemas"]["ChatTextContent"];
            /** @description Tells speakers of one role apart. */
            name?: string | null;
        };
        /** @description The same as a system message. */
        ChatDeveloperMessage: {
            /** @constant */
            role: "developer";
            content: components["schemas"]["ChatTextContent"];
            /** @description Tells speakers of one role apart. */
            name?: string | null;
        };
        /**
         * @deprecated
         * @description The older form of a tool message.
         */
        ChatFunctionMessage: {
            /** @constant */
            role: "function";
            /** @description What the function gave back. */
            content: string | null;
            /** @description The function that was called. */
            name: string;
        };
        /** @description Text, or a list of parts. */
        ChatContent: components["schemas"]["Text"] | components["schemas"]["ChatContentParts"];
        /** @description Parts, in order. */
        ChatContentParts: components["schemas"]["ChatContentPart"][];
        /** @description Text, or a list of text parts. */
        ChatTextContent: components["schemas"]["Text"] | components["schemas"]["ChatTextParts"];
        /** @description Texts, in order. */
        ChatTextParts: components["schemas"]["ChatTextPart"][];
        /** @description A piece of a message. */
        ChatContentPart: components["schemas"]["ChatTextPart"] | components["schemas"]["ChatImagePart"] | components["schemas"]["ChatFilePart"] | components["schemas"]["ChatAudioPart"] | components["schemas"]["ChatRefusalPart"];
        /** @description Text. */
        ChatTextPart: {
            /** @constant */
            type: "text";
            /** @description The text. */
            text: string;
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpoint"] | null;
        };
        /** @description An image. */
        ChatImagePart: {
            /** @constant */
            type: "image_url";
            image_url: components["schemas"]["ChatImage"];
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpoint"] | null;
        };
        /** @description Where an image is. */
        ChatImage: {
            /**
             * @description An `http`, `https` or `data` URL.
             * @example https://example.org/cat.png
             * @example data:image/png;base64,iVBORw0KGgo=
             */
            url: string;
            detail?: components["schemas"]["ImageDetail"] | null;
        };
        /** @description A file. */
        ChatFilePart: {
            /** @constant */
            type: "file";
            file: components["schemas"]["ChatFile"];
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpoint"] | null;
        };
        /** @description A file's content. This server keeps no uploaded files, so a `file_id` is of no use to it. */
        ChatFile: {
            /** @description The file's name. */
            filename?: string | null;
            /** @description The content as a data URL or in base64. */
            file_data?: string | null;
            /** @description The id of an uploaded file. */
            file_id?: string | null;
        };
        /** @description Sound. Refused with `unsupported_value`; agents take text, images and files. */
        ChatAudioPart: {
            /** @constant */
            type: "input_audio";
            input_audio: components["schemas"]["AudioData"];
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpoint"] | null;
        };
        /** @description Recorded sound. */
        AudioData: {
            /** @description The recording in base64. */
            data: string;
            /** @description The recording's format. */
            format: components["schemas"]["AudioFormat"];
        };
        /**
         * @description A format of recorded sound.
         * @enum {string}
         */
        AudioFormat: "wav" | "mp3";
        /** @description How the model refused. */
        ChatRefusalPart: {
            /** @constant */
            type: "refusal";
            /** @description The model's words. */
            refusal: string;
        };
        /** @description Something that the model may call. */
        ChatTool: components["schemas"]["ChatFunctionTool"] | components["schemas"]["ChatCustomTool"];
        /** @description A function with JSON arguments. */
        ChatFunctionTool: {
            /** @constant */
            type: "function";
            function: components["schemas"]["ChatFunction"];
        };
        /** @description A function's name and arguments. */
        ChatFunction: {
            /** @description What the model calls it. */
            name: string;
            /** @description What it does and when to call it. */
            description?: string | null;
            /** @description The arguments. Without it the function takes none. */
            parameters?: components["schemas"]["JsonSchema"] | null;
            /**
             * @description Whether the arguments must follow the schema exactly.
             * @default false
             */
            strict?: boolean | null;
        };
        /** @description A tool with free text as its input. */
        ChatCustomTool: {
            /** @constant */
            type: "custom";
            custom: components["schemas"]["ChatCustomToolDefinition"];
        };
        /** @description A custom tool's name and input. */
        ChatCustomToolDefinition: {
            /** @description What the model calls it. */
            name: string;
            /** @description What it does and when to call it. */
            description?: string | null;
            format?: components["schemas"]["ChatCustomToolFormat"] | null;
        };
        /** @description What a custom tool's input looks like. */
        ChatCustomToolFormat: components["schemas"]["CustomToolFormatText"] | components["schemas"]["ChatCustomToolFormatGrammar"];
        /** @description Text that follows a grammar. */
        ChatCustomToolFormatGrammar: {
            /** @constant */
            type: "grammar";
            grammar: components["schemas"]["ChatGrammar"];
        };
        /** @description A grammar. */
        ChatGrammar: {
            /** @description The grammar. */
            definition: string;
            /** @description How it is written. */
            syntax: components["schemas"]["GrammarSyntax"];
        };
        /** @description Whether a tool may or must be called, and which. */
        ChatToolChoice: components["schemas"]["ToolChoiceMode"] | components["schemas"]["ChatToolChoiceFunction"] | components["schemas"]["ChatToolChoiceCustom"] | components["schemas"]["ChatToolChoiceAllowedTools"];
        /** @description Call this function. */
        ChatToolChoiceFunction: {
            /** @constant */
            type: "function";
            function: components["schemas"]["ChatToolName"];
        };
        /** @description Call this custom tool. */
        ChatToolChoiceCustom: {
            /** @constant */
            type: "custom";
            custom: components["schemas"]["ChatToolName"];
        };
        /** @description Call only some of the tools. */
        ChatToolChoiceAllowedTools: {
            /** @constant */
            type: "allowed_tools";
            allowed_tools: components["schemas"]["ChatAllowedTools"];
        };
        /** @description The tools that may be called. */
        ChatAllowedTools: {
            /** @description Whether one of them may or must be called. */
            mode: components["schemas"]["ChatAllowedToolsMode"];
            /** @description The tools, each as `{type: function, function: {name}}`. */
            tools: components["schemas"]["JsonObject"][];
        };
        /**
         * @description Whether a tool may or must be called.
         * @enum {string}
         */
        ChatAllowedToolsMode: "auto" | "required";
        /** @description Names a tool. */
        ChatToolName: {
            /** @description The tool's name. */
            name: string;
        };
        /**
         * @deprecated
         * @description The older form of a tool choice.
         */
        ChatFunctionCallOption: components["schemas"]["ChatFunctionCallMode"] | components["schemas"]["ChatToolName"];
        /**
         * @description Whether a function may be called.
         * @enum {string}
         */
        ChatFunctionCallMode: "none" | "auto";
        /** @description A call that the model made. */
        ChatToolCall: components["schemas"]["ChatFunctionToolCall"] | components["schemas"]["ChatCustomToolCall"];
        /** @description A call of a function. */
        ChatFunctionToolCall: {
            /** @constant */
            type: "function";
            /** @description Names the call; the tool message that answers it gives the same. */
            id: string;
            function: components["schemas"]["ChatFunctionCall"];
        };
        /** @description Which function, with which arguments. */
        ChatFunctionCall: {
            /** @description The function's name. */
            name: string;
            /** @description The arguments as JSON text, as the model wrote it; it may be invalid. */
            arguments: string;
        };
        /** @description A call of a custom tool. */
        ChatCustomToolCall: {
            /** @constant */
            type: "custom";
            /** @description Names the call; the tool message that answers it gives the same. */
            id: string;
            custom: components["schemas"]["ChatCustomToolInput"];
        };
        /** @description Which custom tool, with which input. */
        ChatCustomToolInput: {
            /** @description The tool's name. */
            name: string;
            /** @description What the model wrote for it. */
            input: string;
        };
        /** @description The form of the answer's text. */
        ChatResponseFormat: components["schemas"]["TextFormatText"] | components["schemas"]["TextFormatJsonObject"] | components["schemas"]["ChatResponseFormatJsonSchema"];
        /** @description JSON that follows a schema. */
        ChatResponseFormatJsonSchema: {
            /** @constant */
            type: "json_schema";
            json_schema: components["schemas"]["ChatJsonSchema"];
        };
        /** @description The schema, with a name. */
        ChatJsonSchema: {
            /** @description What the model knows the form as. */
            name: string;
            /** @description What the form is for. */
            description?: string | null;
            schema?: components["schemas"]["JsonSchema"] | null;
            /**
             * @description Whether the answer must follow the schema exactly.
             * @default false
             */
            strict?: boolean | null;
        };
        /** @description An answer. */
        ChatCompletion: {
            /**
             * @description Names this completion.
             * @example chatcmpl-6016479bfe57e6a60c32d70f45317b26
             */
            id: string;
            /** @constant */
            object: "chat.completion";
            /** @description When it was made, in Unix seconds. */
            created: number;
            /** @description The model that answered. */
            model: string;
            /** @description The answers, as many as `n`. */
            choices: components["schemas"]["ChatCompletionChoice"][];
            usage: components["schemas"]["ChatUsage"];
            /** @description The agent's class of service. */
            service_tier?: string | null;
            /** @description The agent's configuration. */
            system_fingerprint?: string;
            metadata?: components["schemas"]["Metadata"];
        };
        /** @description One answer. */
        ChatCompletionChoice: {
            /** @description Its place in `choices`. */
            index: number;
            message: components["schemas"]["ChatCompletionMessage"];
            finish_reason: components["schemas"]["ChatFinishReason"];
            logprobs: components["schemas"]["ChatLogprobs"] | null;
        };
        /** @description What the model said. */
        ChatCompletionMessage: {
            /** @constant */
            role: "assistant";
            /** @description The text; `null` when it only called tools or refused. */
            content: string | null;
            /** @description How it refused, if it did. */
            refusal: string | null;
            /** @description What it thought, when the agent says. */
            reasoning_content?: string;
            /** @description What it wants to have called. */
            tool_calls?: components["schemas"]["ChatToolCall"][];
            /** @description Sources of the text. */
            annotations?: components["schemas"]["ChatAnnotation"][];
        };
        /** @description A source of part of the text. */
        ChatAnnotation: {
            /** @constant */
            type: "url_citation";
            url_citation: components["schemas"]["ChatUrlCitation"];
        };
        /** @description A web page that the text rests on. */
        ChatUrlCitation: {
            /** @description The page. */
            url: string;
            /** @description Its title. */
            title: string;
            /** @description Where the text that cites it starts. */
            start_index: number;
            /** @description Where that text ends. */
            end_index: number;
        };
        /**
         * @description Why the answer ended: of itself or at a stop text (`stop`), at the token limit (`length`), to have tools called
         *     (`tool_calls`), or at a content filter (`content_filter`).
         * @enum {string}
         */
        ChatFinishReason: "stop" | "length" | "tool_calls" | "content_filter" | "function_call";
        /** @description Token counts. */
        ChatUsage: {
            /** @description Tokens read. */
            prompt_tokens: number;
            /** @description Tokens produced, reasoning included. */
            completion_tokens: number;
            /** @description The sum. */
            total_tokens: number;
            prompt_tokens_details: components["schemas"]["ChatPromptTokensDetails"];
            completion_tokens_details: components["schemas"]["ChatCompletionTokensDetails"];
        };
        /** @description Tokens read, by kind. */
        ChatPromptTokensDetails: {
            /** @description Those that came from a cache. */
            cached_tokens: number;
            /** @description Those of sound. */
            audio_tokens?: number;
        };
        /** @description Tokens produced, by kind. */
        ChatCompletionTokensDetails: {
            /** @description Those of reasoning. */
            reasoning_tokens: number;
            /** @description Those of sound. */
            audio_tokens?: number;
            /** @description Those that a prediction got right. */
            accepted_prediction_tokens?: number;
            /** @description Those that a prediction got wrong. */
            rejected_prediction_tokens?: number;
        };
        /** @description Log probabilities of the answer's tokens. */
        ChatLogprobs: {
            /** @description Those of the text. */
            content: components["schemas"]["ChatTokenLogprob"][] | null;
            /** @description Those of a refusal. */
            refusal: components["schemas"]["ChatTokenLogprob"][] | null;
        };
        /** @description One token, with the likeliest alternatives. */
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
        /**
         * @description The JSON of one `data:` line: a chunk, or, as the last one before the stream closes, an error that struck after the
         *     stream began.
         */
        ChatStreamEvent: components["schemas"]["ChatCompletionChunk"] | components["schemas"]["ErrorResponse"];
        /** @description A piece of an answer. All chunks of one answer share `id`, `created` and `model`. */
        ChatCompletionChunk: {
            /** @description Names this completion. */
            id: string;
            /** @constant */
            object: "chat.completion.chunk";
            /** @description When it was begun, in Unix seconds. */
            created: number;
            /** @description The model that answers. */
            model: string;
            /** @description What is new; empty in the chunk that reports usage. */
            choices: components["schemas"]["ChatCompletionChunkChoice"][];
            /** @description Token counts, in the last chunk when `stream_options.include_usage` asks for it; `null` in those before. */
            usage?: components["schemas"]["ChatUsage"] | null;
            /** @description The agent's class of service. */
            service_tier?: string | null;
            /** @description The agent's configuration. */
            system_fingerprint?: string;
        };
        /** @description What is new in one answer. */
        ChatCompletionChunkChoice: {
            /** @description Which answer. */
            index: number;
            delta: components["schemas"]["ChatCompletionDelta"];
            /** @description Set in the last chunk of the answer. */
            finish_reason: components["schemas"]["ChatFinishReason"] | null;
            logprobs?: components["schemas"]["ChatLogprobs"] | null;
        };
        /** @description What to add to the message so far. The first one carries the role. */
        ChatCompletionDelta: {
            /** @constant */
            role?: "assistant";
            /** @description More text. */
            content?: string | null;
            /** @description More of a refusal. */
            refusal?: string | null;
            /** @description More of what the model thinks. */
            reasoning_content?: string;
            /** @description New calls, or more of calls already begun. */
            tool_calls?: components["schemas"]["ChatToolCallDelta"][];
        };
        /** @description The start of a call (`id`, `type` and name), or more of its arguments. */
        ChatToolCallDelta: {
            /** @description Which call of the message. */
            index: number;
            /** @description Names the call. */
            id?: string;
            /** @description The kind of tool. */
            type?: components["schemas"]["ChatToolKind"];
            function?: components["schemas"]["ChatFunctionCallDelta"];
            custom?: components["schemas"]["ChatCustomToolInputDelta"];
        };
        /**
         * @description A kind of tool.
         * @enum {string}
         */
        ChatToolKind: "function" | "custom";
        /** @description More of a function call. */
        ChatFunctionCallDelta: {
            /** @description The function's name. */
            name?: string;
            /** @description More of the arguments' JSON text. */
            arguments?: string;
        };
        /** @description More of a custom tool's input. */
        ChatCustomToolInputDelta: {
            /** @description The tool's name. */
            name?: string;
            /** @description More of the input. */
            input?: string;
        };
        /** @description A page of stored chat completions. */
        ChatCompletionList: {
            /** @constant */
            object: "list";
            /** @description The completions. */
            data: components["schemas"]["ChatCompletion"][];
            first_id: components["schemas"]["FirstId"];
            last_id: components["schemas"]["LastId"];
            has_more: components["schemas"]["HasMore"];
        };
        /** @description A page of the messages that a chat completion was asked with. */
        ChatCompletionMessageList: {
            /** @constant */
            object: "list";
            /** @description The messages. */
            data: components["schemas"]["StoredChatMessage"][];
            first_id: components["schemas"]["FirstId"];
            last_id: components["schemas"]["LastId"];
            has_more: components["schemas"]["HasMore"];
        };
        /** @description A message as it was sent, with an `id` of its own. */
        StoredChatMessage: {
            /** @description Names the message. */
            id: string;
            /** @description Who speaks. */
            role: components["schemas"]["ChatRole"];
            /** @description The text; `null` when there was none, or when it was sent as parts. */
            content: string | null;
            /** @description The parts; `null` when the content was not sent as parts. */
            content_parts: components["schemas"]["ChatContentPart"][] | null;
            /** @description How the model refused, if it did. */
            refusal: string | null;
            /** @description Tells speakers of one role apart. */
            name?: string | null;
            /** @description What the model called. */
            tool_calls?: components["schemas"]["ChatToolCall"][];
            /** @description The id of the call that a tool's message answers. */
            tool_call_id?: string;
            function_call?: components["schemas"]["ChatFunctionCall"];
            /** @description What the model thought. */
            reasoning_content?: string;
        };
        /**
         * @description Who speaks.
         * @enum {string}
         */
        ChatRole: "user" | "assistant" | "tool" | "system" | "developer" | "function";
        /** @description Says that a stored chat completion was deleted. */
        DeletedChatCompletion: {
            /** @description The id of the deleted completion. */
            id: string;
            /** @constant */
            object: "chat.completion.deleted";
            /** @constant */
            deleted: true;
        };
        /** @description What to change of a stored chat completion. */
        UpdateChatCompletionRequest: {
            /** @description The new pairs, in place of all old ones. `null` removes them. */
            metadata: components["schemas"]["Metadata"] | null;
        };
        /** @description One turn. `null` in a field means that it wasn't sent. */
        CreateResponseRequest: {
            /** @description What is new in this turn. A request without it is refused with `missing_required_parameter`. */
            input?: components["schemas"]["ResponseInput"] | null;
            /** @description Which model answers, by its id in `listModels`. Without it, or when it is empty, the agent's default answers. */
            model?: string | null;
            /**
             * @description How the model should behave; joined to the agent's own prompt. When it is left out, the instructions of
             *     `previous_response_id` go on to apply. (At OpenAI they don't; `CARRY_INSTRUCTIONS=0` gives that behaviour.)
             */
            instructions?: string | null;
            /** @description The response that this turn continues. Its input and output, and those before it, come first. */
            previous_response_id?: string | null;
            /**
             * @description The conversation that this turn belongs to, by its id or as `{id}`. Its items come first; those of this turn are added to
             *     it. Not together with `previous_response_id`.
             */
            conversation?: components["schemas"]["ConversationReference"] | null;
            /**
             * @description Whether to send events while the answer is made.
             * @default false
             */
            stream?: boolean | null;
            /** @description Only used when `stream` is true. */
            stream_options?: components["schemas"]["StreamOptions"] | null;
            /**
             * @description Whether to keep the response. One that isn't kept can't be retrieved or continued.
             * @default true
             */
            store?: boolean | null;
            /**
             * @description Whether to answer at once and go on working. Not with `store` false, which is a `400`.
             * @default false
             */
            background?: boolean | null;
            /**
             * @description What the model may call. Functions, custom tools and those of namespaces are offered to the model; their calls are handed
             *     to the client, which runs them. Hosted tools are accepted and not offered, unless `tool_choice` insists on one, which is
             *     then refused.
             */
            tools?: components["schemas"]["Tool"][] | null;
            /** @description Whether a tool may or must be called. `auto` when it is left out. */
            tool_choice?: components["schemas"]["ToolChoice"] | null;
            /**
             * @description Whether the model may make several calls in one turn.
             * @default true
             */
            parallel_tool_calls?: boolean | null;
            /** @description The most calls of hosted tools. This server runs none; it reports the number back. */
            max_tool_calls?: number | null;
            /** @description The form of the answer's text. */
            text?: components["schemas"]["TextSettings"] | null;
            /** @description How the model should think. */
            reasoning?: components["schemas"]["ReasoningSettings"] | null;
            /** @description The most tokens to produce, reasoning included. */
            max_output_tokens?: number | null;
            /**
             * @description How freely tokens are chosen.
             * @default 1
             */
            temperature?: number | null;
            /**
             * @description How much of the probability mass tokens are chosen from.
             * @default 1
             */
            top_p?: number | null;
            /**
             * @description Above 0 makes new subjects likelier.
             * @default 0
             */
            presence_penalty?: number | null;
            /**
             * @description Above 0 makes repetition less likely.
             * @default 0
             */
            frequency_penalty?: number | null;
            /** @description How many alternatives to report for each token. */
            top_logprobs?: number | null;
            /**
             * @description Extra output to include. `message.output_text.logprobs` asks for log probabilities, `reasoning.encrypted_content` for
             *     thoughts in sealed form; the others belong to hosted tools and have no effect here.
             */
            include?: components["schemas"]["IncludeOption"][] | null;
            /** @description What to do when the history is too long. `disabled` when it is left out. */
            truncation?: components["schemas"]["Truncation"] | null;
            metadata?: components["schemas"]["Metadata"] | null;
            /**
             * @description A class of service. This server has one; it reports `default`.
             * @default auto
             */
            service_tier?: string | null;
            /** @description Names your user to the agent. */
            user?: string | null;
            /** @description Names your user to the agent when `user` doesn't. */
            safety_identifier?: string | null;
            /** @description Groups requests with a common prompt. Reported back and not used. */
            prompt_cache_key?: string | null;
            prompt_cache_retention?: components["schemas"]["PromptCacheRetention"] | null;
            prompt_cache_options?: components["schemas"]["PromptCacheOptions"] | null;
            /** @description A template kept by a provider. Refused with `unsupported_parameter`, since this server keeps none. */
            prompt?: components["schemas"]["PromptReference"] | null;
            /** @description When to compact the history. Rules other than `compaction` are ignored. */
            context_management?: components["schemas"]["ContextManagementRule"][] | null;
            moderation?: components["schemas"]["ModerationSettings"] | null;
        };
        /** @description A user's text, or a list of items, oldest first. */
        ResponseInput: components["schemas"]["Text"] | components["schemas"]["InputElements"];
        /** @description Items, oldest first. */
        InputElements: components["schemas"]["InputElement"][];
        /** @description An item, or a bare text, which is a user's message. */
        InputElement: components["schemas"]["InputItem"] | components["schemas"]["Text"];
        /**
         * @description One thing that was said, called or given back. Output items of an earlier response are accepted as they came. A bare
         *     content part is a user's message with that part.
         */
        InputItem: components["schemas"]["InputMessage"] | components["schemas"]["FunctionToolCallInput"] | components["schemas"]["FunctionToolCallOutputInput"] | components["schemas"]["ReasoningItemInput"] | components["schemas"]["CustomToolCallInput"] | components["schemas"]["CustomToolCallOutputInput"] | components["schemas"]["ItemReference"] | components["schemas"]["AdditionalToolsInput"] | components["schemas"]["CompactionItemInput"] | components["schemas"]["CompactionTrigger"] | components["schemas"]["InputText"] | components["schemas"]["InputImage"] | components["schemas"]["InputFile"] | components["schemas"]["OutputTextInput"] | components["schemas"]["WebSearchCall"] | components["schemas"]["FileSearchCall"] | components["schemas"]["ToolSearchCallInput"] | components["schemas"]["ToolSearchOutputInput"] | components["schemas"]["McpCall"] | components["schemas"]["McpListTools"] | components["schemas"]["McpApprovalRequest"] | components["schemas"]["McpApprovalResponseInput"] | components["schemas"]["CodeInterpreterCall"] | components["schemas"]["ImageGenerationCall"] | components["schemas"]["ComputerCall"] | components["schemas"]["ComputerCallOutputInput"] | components["schemas"]["LocalShellCall"] | components["schemas"]["LocalShellCallOutput"] | components["schemas"]["ShellCallInput"] | components["schemas"]["ShellCallOutputInput"] | components["schemas"]["ApplyPatchCallInput"] | components["schemas"]["ApplyPatchCallOutputInput"] | components["schemas"]["Program"] | components["schemas"]["ProgramOutput"];
        /**
         * @description A message, by whoever `role` says. The model's earlier messages are sent with the role `assistant`.
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
            /** @description The item's id; made up by the server when it is left out. */
            id?: string | null;
            /** @description How far it got, as the server reported it. */
            status?: string | null;
            phase?: components["schemas"]["MessagePhase"] | null;
        };
        /**
         * @description Who speaks. System and developer messages are joined into one prompt on top of the agent's own.
         * @enum {string}
         */
        MessageRole: "user" | "assistant" | "system" | "developer";
        /**
         * @description Whether an assistant's message is said along the way or is the answer.
         * @enum {string}
         */
        MessagePhase: "commentary" | "final_answer";
        /**
         * @description How far an item got.
         * @enum {string}
         */
        ItemStatus: "in_progress" | "completed" | "incomplete";
        /** @description Text, or a list of parts. */
        InputMessageContent: components["schemas"]["Text"] | components["schemas"]["InputContentElements"];
        /** @description Parts, in order. */
        InputContentElements: components["schemas"]["InputContentElement"][];
        /** @description A part, or a bare text. */
        InputContentElement: components["schemas"]["InputContentPart"] | components["schemas"]["Text"];
        /** @description A piece of a message. */
        InputContentPart: components["schemas"]["InputText"] | components["schemas"]["OutputTextInput"] | components["schemas"]["InputImage"] | components["schemas"]["InputFile"] | components["schemas"]["Refusal"] | components["schemas"]["InputAudio"] | components["schemas"]["InputVideo"] | components["schemas"]["PlainText"] | components["schemas"]["ReasoningText"] | components["schemas"]["SummaryText"] | components["schemas"]["ComputerScreenshot"];
        /** @description Text for the model. */
        InputText: {
            /** @constant */
            type: "input_text";
            /** @description The text. */
            text: string;
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpoint"] | null;
        };
        /** @description Text of the model, sent back. */
        OutputTextInput: {
            /** @constant */
            type: "output_text";
            /** @description The text. */
            text: string;
            /** @description Its sources. */
            annotations?: components["schemas"]["JsonObject"][] | null;
            /** @description Its log probabilities. */
            logprobs?: components["schemas"]["JsonObject"][] | null;
        };
        /** @description An image for the model. */
        InputImage: {
            /** @constant */
            type: "input_image";
            /** @description An `http`, `https` or `data` URL. */
            image_url?: string | null;
            /** @description An uploaded file. This server keeps none. */
            file_id?: string | null;
            detail?: components["schemas"]["ImageDetail"] | null;
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpoint"] | null;
        };
        /** @description A file for the model. */
        InputFile: {
            /** @constant */
            type: "input_file";
            /** @description The file's name. */
            filename?: string | null;
            /** @description The content as a data URL or in base64. */
            file_data?: string | null;
            /** @description Where the file can be fetched. */
            file_url?: string | null;
            /** @description An uploaded file. This server keeps none. */
            file_id?: string | null;
            /** @description How closely to look at it. */
            detail?: components["schemas"]["FileDetail"] | null;
            prompt_cache_breakpoint?: components["schemas"]["PromptCacheBreakpoint"] | null;
        };
        /**
         * @description How closely the model should look at a file.
         * @enum {string}
         */
        FileDetail: "auto" | "low" | "high";
        /** @description Sound for the model. Refused with `unsupported_value`; agents take text, images and files. */
        InputAudio: {
            /** @constant */
            type: "input_audio";
            input_audio: components["schemas"]["AudioData"];
        };
        /** @description A video for the model. Refused with `unsupported_value`; agents take text, images and files. */
        InputVideo: {
            /** @constant */
            type: "input_video";
            /** @description Where the video is. */
            video_url: string;
        };
        /** @description Text, by whoever speaks. */
        PlainText: {
            /** @constant */
            type: "text";
            /** @description The text. */
            text: string;
        };
        /** @description A picture of a screen, as the output of a computer call. */
        ComputerScreenshot: {
            /** @constant */
            type: "computer_screenshot";
            /** @description Where the picture is. */
            image_url?: string | null;
            /** @description An uploaded file. This server keeps none. */
            file_id?: string | null;
            detail?: components["schemas"]["ImageDetail"] | null;
        };
        /** @description A function call of an earlier turn, sent back. */
        FunctionToolCallInput: {
            /** @constant */
            type: "function_call";
            /** @description Names the call. */
            call_id: string;
            /** @description The function. */
            name: string;
            /** @description The arguments as JSON text. */
            arguments: string;
            /** @description The namespace that the function is in. */
            namespace?: string | null;
            /** @description The item's id. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
            caller?: components["schemas"]["ToolCaller"] | null;
        };
        /**
         * @description What a function gave back.
         * @example {
         *       "type": "function_call_output",
         *       "call_id": "call_8943ca6380b8b7a0bdb8c41a402cf035",
         *       "output": "{\"celsius\":21}"
         *     }
         */
        FunctionToolCallOutputInput: {
            /** @constant */
            type: "function_call_output";
            /** @description The call that this answers. */
            call_id?: string | null;
            output: components["schemas"]["ToolOutputInput"];
            /** @description The function. */
            name?: string | null;
            /** @description The namespace that the function is in. */
            namespace?: string | null;
            /** @description The item's id. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
            caller?: components["schemas"]["ToolCaller"] | null;
        };
        /** @description Text, or a list of parts. */
        ToolOutputInput: components["schemas"]["Text"] | components["schemas"]["ToolOutputPartInputs"];
        /** @description Parts of what a tool gave back. */
        ToolOutputPartInputs: components["schemas"]["ToolOutputPartInput"][];
        /** @description A piece of what a tool gave back. */
        ToolOutputPartInput: components["schemas"]["InputText"] | components["schemas"]["InputImage"] | components["schemas"]["InputFile"] | components["schemas"]["InputVideo"];
        /** @description Who made a call, the model itself (`direct`) or a program it wrote (`program`). */
        ToolCaller: {
            /** @description The kind of caller. */
            type: components["schemas"]["ToolCallerKind"];
            /** @description The program's call. */
            caller_id?: string;
        };
        /**
         * @description A kind of caller.
         * @enum {string}
         */
        ToolCallerKind: "direct" | "program";
        /** @description A call of a custom tool of an earlier turn, sent back. */
        CustomToolCallInput: {
            /** @constant */
            type: "custom_tool_call";
            /** @description Names the call. */
            call_id: string;
            /** @description The tool. */
            name: string;
            /** @description What the model wrote for it. */
            input: string;
            /** @description The namespace that the tool is in. */
            namespace?: string | null;
            /** @description The item's id. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
            caller?: components["schemas"]["ToolCaller"] | null;
        };
        /** @description What a custom tool gave back. */
        CustomToolCallOutputInput: {
            /** @constant */
            type: "custom_tool_call_output";
            /** @description The call that this answers. */
            call_id: string;
            output: components["schemas"]["ToolOutputInput"];
            /** @description The item's id. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
            caller?: components["schemas"]["ToolCaller"] | null;
        };
        /** @description What the model thought in an earlier turn, sent back. */
        ReasoningItemInput: {
            /** @constant */
            type: "reasoning";
            /** @description The item's id. */
            id?: string | null;
            /** @description The gist. */
            summary?: components["schemas"]["SummaryText"][] | null;
            /** @description The thoughts themselves. */
            content?: components["schemas"]["ReasoningText"][] | null;
            /** @description The thoughts in a form that only the server can read. */
            encrypted_content?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
        };
        /**
         * @description Stands for an item that the server has kept, of a response or a conversation; the item takes its place. One that isn't
         *     known is a `404` with `item_not_found`. What has a role or a content is a message, not a reference.
         */
        ItemReference: {
            /** @description May be left out. */
            type?: "item_reference" | null;
            /** @description The item's id. */
            id: string;
        };
        /** @description A compacted history, sent back. One that this server didn't make for the same key is a `400` with `invalid_encrypted_content`. */
        CompactionItemInput: {
            /** @constant */
            type: "compaction";
            /** @description The history in a form that only the server can read. */
            encrypted_content: string;
            /** @description The item's id. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
        };
        /** @description As the last item, asks for everything before it to be compacted; nothing is answered then. */
        CompactionTrigger: {
            /** @constant */
            type: "compaction_trigger";
        };
        /** @description Tools that are offered beside those in `tools`. One that is declared again replaces the one before. */
        AdditionalToolsInput: {
            /** @constant */
            type: "additional_tools";
            /** @description Who offers them. */
            role?: string | null;
            /** @description The tools. */
            tools: components["schemas"]["Tool"][];
            /** @description The item's id. */
            id?: string | null;
        };
        /**
         * @description Names extra output.
         * @enum {string}
         */
        IncludeOption: "reasoning.encrypted_content" | "message.output_text.logprobs" | "message.input_image.image_url" | "file_search_call.results" | "web_search_call.results" | "web_search_call.action.sources" | "computer_call_output.output.image_url" | "code_interpreter_call.outputs";
        /**
         * @description `auto` keeps the newest 100 items of a longer history, beside system messages and compaction summaries, and never a tool's
         *     output without its call. `disabled` keeps all, so that a history over the model's limit is refused with
         *     `context_length_exceeded`.
         * @enum {string}
         */
        Truncation: "auto" | "disabled";
        /** @description A conversation, by its id. */
        ConversationReference: components["schemas"]["Text"] | components["schemas"]["ConversationId"];
        /** @description Names a conversation. */
        ConversationId: {
            /** @description The conversation's id. */
            id: string;
        };
        /** @description Names a template and fills it in. */
        PromptReference: {
            /** @description The template's id. */
            id: string;
            /** @description Which version of it. */
            version?: string | null;
            /** @description What to fill in. */
            variables?: components["schemas"]["JsonObject"] | null;
        };
        /** @description When to compact. */
        ContextManagementRule: {
            /** @description What to do; `compaction`. */
            type: string;
            /** @description Compact when the input has more tokens than this. Never without it. */
            compact_threshold?: number | null;
        };
        /** @description The form of the answer's text. */
        TextSettings: {
            format?: components["schemas"]["TextFormat"] | null;
            verbosity?: components["schemas"]["Verbosity"] | null;
        };
        /** @description Plain text, any JSON object, or JSON that follows a schema. */
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
         * @description JSON that follows a schema.
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
            /** @description What the model knows the form as. */
            name?: string;
            /** @description What the form is for. */
            description?: string | null;
            schema: components["schemas"]["JsonSchema"];
            /**
             * @description Whether the answer must follow the schema exactly.
             * @default false
             */
            strict?: boolean | null;
        };
        /**
         * @description How the model should think.
         * @example {
         *       "effort": "low",
         *       "summary": "auto"
         *     }
         */
        ReasoningSettings: {
            effort?: components["schemas"]["ReasoningEffort"] | null;
            summary?: components["schemas"]["ReasoningSummaryStyle"] | null;
            context?: components["schemas"]["ReasoningContext"] | null;
            /** @description A provider's way of reasoning. Accepted and not used. */
            mode?: string | null;
            /**
             * @deprecated
             * @description The older name of `summary`.
             */
            generate_summary?: components["schemas"]["ReasoningSummaryStyle"] | null;
        };
        /**
         * @description How detailed a summary of the model's thoughts should be. Asking for one makes thoughts come as summaries.
         * @enum {string}
         */
        ReasoningSummaryStyle: "auto" | "concise" | "detailed";
        /**
         * @description Which turns' thoughts the model sees again.
         * @enum {string}
         */
        ReasoningContext: "auto" | "current_turn" | "all_turns";
        /** @description Something that the model may call. */
        Tool: components["schemas"]["FunctionTool"] | components["schemas"]["CustomTool"] | components["schemas"]["NamespaceTool"] | components["schemas"]["WebSearchTool"] | components["schemas"]["WebSearchPreviewTool"] | components["schemas"]["FileSearchTool"] | components["schemas"]["McpTool"] | components["schemas"]["ToolSearchTool"] | components["schemas"]["CodeInterpreterTool"] | components["schemas"]["ImageGenerationTool"] | components["schemas"]["ComputerTool"] | components["schemas"]["ComputerUsePreviewTool"] | components["schemas"]["LocalShellTool"] | components["schemas"]["ShellTool"] | components["schemas"]["ApplyPatchTool"] | components["schemas"]["ProgrammaticToolCallingTool"];
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
            /** @description What the model calls it. */
            name: string;
            /** @description What it does and when to call it. */
            description?: string | null;
            /** @description The arguments. Without it the function takes none. */
            parameters?: components["schemas"]["JsonSchema"] | null;
            /** @description Whether the arguments must follow the schema exactly. */
            strict?: boolean | null;
            /** @description What the function gives back. */
            output_schema?: components["schemas"]["JsonSchema"] | null;
            /** @description Whether the tool is only found by a tool search. */
            defer_loading?: boolean;
            allowed_callers?: components["schemas"]["AllowedCallers"];
        };
        /** @description Who may call the tool, the model itself (`direct`) or a program it writes (`programmatic`). */
        AllowedCallers: components["schemas"]["AllowedCaller"][] | null;
        /**
         * @description Who may call a tool.
         * @enum {string}
         */
        AllowedCaller: "direct" | "programmatic";
        /**
         * @description A tool with free text as its input, run by the client.
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
            /** @description What the model calls it. */
            name: string;
            /** @description What it does and when to call it. */
            description?: string | null;
            format?: components["schemas"]["CustomToolFormat"] | null;
            /** @description Whether the tool is only found by a tool search. */
            defer_loading?: boolean;
            allowed_callers?: components["schemas"]["AllowedCallers"];
        };
        /** @description Tools under a common name, such as those of one MCP server, run by the client. */
        NamespaceTool: {
            /** @constant */
            type: "namespace";
            /** @description The common name, reported as `namespace` in calls. */
            name: string;
            /** @description What the tools are for. */
            description?: string | null;
            /** @description The tools. */
            tools: components["schemas"]["NamespacedTool"][];
        };
        /** @description A tool within a namespace. */
        NamespacedTool: components["schemas"]["FunctionTool"] | components["schemas"]["CustomTool"];
        /** @description Web search. This server has none; accepted and not offered. */
        WebSearchTool: {
            /**
             * @description The tool in one of its versions.
             * @enum {string}
             */
            type: "web_search" | "web_search_2025_08_26";
            /** @description How much of what is found to use. */
            search_context_size?: components["schemas"]["SearchContextSize"] | null;
            /** @description Whether to leave the index for the live web. */
            external_web_access?: boolean | null;
            /** @description Where to search. */
            filters?: components["schemas"]["JsonObject"] | null;
            /** @description Where the user is. */
            user_location?: components["schemas"]["JsonObject"] | null;
        };
        /** @description The older web search. This server has none; accepted and not offered. */
        WebSearchPreviewTool: {
            /**
             * @description The tool in one of its versions.
             * @enum {string}
             */
            type: "web_search_preview" | "web_search_preview_2025_03_11";
            /** @description How much of what is found to use. */
            search_context_size?: components["schemas"]["SearchContextSize"] | null;
            /** @description What to search for. */
            search_content_types?: components["schemas"]["SearchContentKind"][];
            /** @description Where the user is. */
            user_location?: components["schemas"]["JsonObject"] | null;
        };
        /**
         * @description A kind of content to search for.
         * @enum {string}
         */
        SearchContentKind: "text" | "image";
        /** @description Search in uploaded files. This server keeps none; accepted and not offered. */
        FileSearchTool: {
            /** @constant */
            type: "file_search";
            /** @description Where to search. */
            vector_store_ids: string[];
            /** @description The most results. */
            max_num_results?: number;
            /** @description What to search among. */
            filters?: components["schemas"]["JsonObject"] | null;
            ranking_options?: components["schemas"]["JsonObject"];
        };
        /** @description The tools of an MCP server. This server doesn't call them yet; accepted and not offered. */
        McpTool: {
            /** @constant */
            type: "mcp";
            /** @description What calls name the server as. */
            server_label: string;
            /** @description Where the server is. */
            server_url?: string;
            /** @description A connector of the provider, in place of a URL. */
            connector_id?: string;
            /** @description What the server is for. */
            server_description?: string;
            /** @description A token for the server. */
            authorization?: string;
            /** @description Headers to send to the server. */
            headers?: components["schemas"]["McpHeaders"] | null;
            allowed_tools?: components["schemas"]["McpToolSelection"];
            require_approval?: components["schemas"]["McpApprovalRule"];
            /** @description Whether the tools are only found by a tool search. */
            defer_loading?: boolean;
            allowed_callers?: components["schemas"]["AllowedCallers"];
        };
        /** @description HTTP headers by name. */
        McpHeaders: {
            [key: string]: string;
        };
        /** @description Some tools of an MCP server: their names, or a filter. */
        McpToolSelection: components["schemas"]["McpToolNames"] | components["schemas"]["McpToolFilter"] | null;
        /** @description The names of tools. */
        McpToolNames: string[];
        /** @description Picks tools of an MCP server. */
        McpToolFilter: {
            /** @description By name. */
            tool_names?: string[];
            /** @description By whether they change anything. */
            read_only?: boolean;
        };
        /** @description Which calls of an MCP server's tools need the client's approval. */
        McpApprovalRule: components["schemas"]["McpApprovalMode"] | components["schemas"]["McpApprovalFilter"] | null;
        /**
         * @description Whether every call needs approval, or none.
         * @enum {string}
         */
        McpApprovalMode: "always" | "never";
        /** @description Sets approval tool by tool. */
        McpApprovalFilter: {
            always?: components["schemas"]["McpToolFilter"];
            never?: components["schemas"]["McpToolFilter"];
        };
        /** @description Lets the model find tools that are loaded late. Accepted and not offered. */
        ToolSearchTool: {
            /** @constant */
            type: "tool_search";
            /** @description Who searches. */
            execution?: components["schemas"]["ToolSearchExecution"];
            /** @description What can be found. */
            description?: string | null;
            /** @description The search's arguments. */
            parameters?: components["schemas"]["JsonSchema"] | null;
        };
        /**
         * @description Who searches for tools.
         * @enum {string}
         */
        ToolSearchExecution: "server" | "client";
        /** @description Runs code in a container. This server has none; accepted and not offered. */
        CodeInterpreterTool: {
            /** @constant */
            type: "code_interpreter";
            /** @description The container, by id or settings. */
            container: components["schemas"]["CodeInterpreterContainer"];
            allowed_callers?: components["schemas"]["AllowedCallers"];
        };
        /** @description A container, by id or settings. */
        CodeInterpreterContainer: components["schemas"]["Text"] | components["schemas"]["JsonObject"];
        /** @description Makes images. This server has none; accepted and not offered. */
        ImageGenerationTool: {
            /** @constant */
            type: "image_generation";
            /** @description The model that makes them. */
            model?: string | null;
            /** @description Their size. */
            size?: string | null;
            /** @description Their quality. */
            quality?: string | null;
            /** @description How many drafts to send. */
            partial_images?: number | null;
        };
        /** @description Works a computer. This server has none; accepted and not offered. */
        ComputerTool: {
            /** @constant */
            type: "computer";
        };
        /** @description The older tool that works a computer. This server has none; accepted and not offered. */
        ComputerUsePreviewTool: {
            /** @constant */
            type: "computer_use_preview";
            /** @description What runs on it. */
            environment: components["schemas"]["ComputerEnvironment"];
            /** @description The screen's width. */
            display_width: number;
            /** @description The screen's height. */
            display_height: number;
        };
        /**
         * @description What runs on a computer.
         * @enum {string}
         */
        ComputerEnvironment: "windows" | "mac" | "linux" | "ubuntu" | "browser";
        /** @description Runs commands at the client. Accepted and not offered to the model. */
        LocalShellTool: {
            /** @constant */
            type: "local_shell";
        };
        /** @description Runs commands. This server has no shell; accepted and not offered. */
        ShellTool: {
            /** @constant */
            type: "shell";
            /** @description Where to run them. */
            environment?: components["schemas"]["JsonObject"] | null;
            allowed_callers?: components["schemas"]["AllowedCallers"];
        };
        /** @description Changes files. This server has none; accepted and not offered. */
        ApplyPatchTool: {
            /** @constant */
            type: "apply_patch";
            allowed_callers?: components["schemas"]["AllowedCallers"];
        };
        /** @description Lets the model write programs that call tools. Accepted and not offered. */
        ProgrammaticToolCallingTool: {
            /** @constant */
            type: "programmatic_tool_calling";
        };
        /** @description Whether a tool may or must be called, and which. */
        ToolChoice: components["schemas"]["ToolChoiceMode"] | components["schemas"]["ToolChoiceFunction"] | components["schemas"]["ToolChoiceCustom"] | components["schemas"]["ToolChoiceAllowedTools"] | components["schemas"]["ToolChoiceMcp"] | components["schemas"]["ToolChoiceHosted"];
        /**
         * @description None may be called (`none`), any may (`auto`), at least one must (`required`).
         * @enum {string}
         */
        ToolChoiceMode: "none" | "auto" | "required";
        /** @description Call this function. */
        ToolChoiceFunction: {
            /** @constant */
            type: "function";
            /** @description The function. */
            name: string;
        };
        /** @description Call this custom tool. */
        ToolChoiceCustom: {
            /** @constant */
            type: "custom";
            /** @description The tool. */
            name: string;
        };
        /**
         * @description Call only some of the tools. A tool in a namespace goes by its own name or as `namespace.name`; `{type: namespace, name}`
         *     means all of one.
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
            /** @description `auto` when it is left out. */
            mode?: components["schemas"]["ToolChoiceMode"] | null;
            /** @description Those that may be called. */
            tools: components["schemas"]["AllowedTool"][];
        };
        /** @description Names one of the tools offered. */
        AllowedTool: {
            /** @description The kind of tool. */
            type?: string;
            /** @description The tool's name. */
            name?: string;
            /** @description The MCP server, for its tools. */
            server_label?: string;
        };
        /** @description Call a tool of this MCP server. Refused with `unsupported_value`. */
        ToolChoiceMcp: {
            /** @constant */
            type: "mcp";
            /** @description The server. */
            server_label: string;
            /** @description The tool; any when it is left out. */
            name?: string | null;
        };
        /** @description Call this hosted tool. Refused with `unsupported_value`, since this server hasn't got it. */
        ToolChoiceHosted: {
            type: components["schemas"]["HostedToolKind"];
        };
        /**
         * @description A hosted tool.
         * @enum {string}
         */
        HostedToolKind: "file_search" | "web_search" | "web_search_preview" | "web_search_preview_2025_03_11" | "computer" | "computer_use_preview" | "computer_use" | "image_generation" | "code_interpreter" | "shell" | "apply_patch" | "programmatic_tool_calling";
        /** @description One turn, with the settings it was made with. */
        Response: {
            /**
             * @description Names this response.
             * @example resp_cbf88d576d58fb3e82404768e8248e0d
             */
            id: string;
            /** @constant */
            object: "response";
            /**
             * @description When it was begun, in Unix seconds.
             * @example 1795438010
             */
            created_at: number;
            /** @description When it was completed, in Unix seconds; `null` otherwise. */
            completed_at: number | null;
            status: components["schemas"]["ResponseStatus"];
            /** @description Why it failed. */
            error: components["schemas"]["ResponseError"] | null;
            /** @description Why it is incomplete. */
            incomplete_details: components["schemas"]["IncompleteDetails"] | null;
            /** @description The model that answered. */
            model: string;
            /** @description The instructions that applied, also when they were carried over. */
            instructions: string | null;
            /** @description The response that it continues. */
            previous_response_id: string | null;
            /** @description What the agent produced, in order. */
            output: components["schemas"]["OutputItem"][];
            /** @description Token counts; `null` until they are known. */
            usage: components["schemas"]["ResponseUsage"] | null;
            /** @description The tools that were offered. */
            tools: components["schemas"]["ToolEcho"][];
            tool_choice: components["schemas"]["ToolChoiceEcho"];
            /** @description Whether several calls in one turn were allowed. */
            parallel_tool_calls: boolean;
            /** @description The limit that was given. */
            max_tool_calls: number | null;
            text: components["schemas"]["TextSettingsEcho"];
            /** @description How the model was to think. */
            reasoning: components["schemas"]["ReasoningSettingsEcho"] | null;
            /** @description The limit that was given. */
            max_output_tokens: number | null;
            /** @description The value that was given or the default. */
            temperature: number;
            /** @description The value that was given or the default. */
            top_p: number;
            /** @description The value that was given or the default. */
            presence_penalty: number;
            /** @description The value that was given or the default. */
            frequency_penalty: number;
            /** @description The value that was given or the default. */
            top_logprobs: number;
            truncation: components["schemas"]["Truncation"];
            /** @description Whether it is kept. */
            store: boolean;
            /** @description Whether it was made in the background. */
            background: boolean;
            /** @description The class of service that answered. */
            service_tier: string;
            metadata: components["schemas"]["Metadata"];
            /** @description As it was given. */
            safety_identifier: string | null;
            /** @description As it was given. */
            prompt_cache_key: string | null;
            prompt_cache_retention?: components["schemas"]["PromptCacheRetention"] | null;
            /** @description As it was given. */
            user?: string;
            /** @description The conversation that it belongs to. */
            conversation?: components["schemas"]["ConversationId"] | null;
        };
        /**
         * @description How far a response got.
         * @enum {string}
         */
        ResponseStatus: "completed" | "failed" | "in_progress" | "cancelled" | "queued" | "incomplete";
        /** @description Why a response failed. */
        ResponseError: {
            /** @description For a program to read: the code that a plain reply would have, such as `upstream_error`, `run_timeout` or `rate_limit_exceeded`. */
            code: string;
            /** @description For a person to read. */
            message: string;
        };
        /** @description Why a response is incomplete. */
        IncompleteDetails: {
            /** @description What ended it. */
            reason: components["schemas"]["IncompleteReason"];
        };
        /**
         * @description What ends a response early.
         * @enum {string}
         */
        IncompleteReason: "max_output_tokens" | "content_filter";
        /** @description Token counts. */
        ResponseUsage: {
            /** @description Tokens read. */
            input_tokens: number;
            input_tokens_details: components["schemas"]["InputTokensDetails"];
            /** @description Tokens produced, reasoning included. */
            output_tokens: number;
            output_tokens_details: components["schemas"]["OutputTokensDetails"];
            /** @description The sum. */
            total_tokens: number;
        };
        /** @description Tokens read, by kind. */
        InputTokensDetails: {
            /** @description Those that came from a cache. */
            cached_tokens: number;
            /** @description Those that were written to a cache. */
            cache_write_tokens: number;
        };
        /** @description Tokens produced, by kind. */
        OutputTokensDetails: {
            /** @description Those of reasoning. */
            reasoning_tokens: number;
        };
        /** @description A tool that was offered. */
        ToolEcho: components["schemas"]["FunctionToolEcho"] | components["schemas"]["CustomTool"] | components["schemas"]["NamespaceTool"] | components["schemas"]["WebSearchTool"] | components["schemas"]["WebSearchPreviewTool"] | components["schemas"]["FileSearchTool"] | components["schemas"]["McpTool"] | components["schemas"]["ToolSearchTool"] | components["schemas"]["CodeInterpreterTool"] | components["schemas"]["ImageGenerationTool"] | components["schemas"]["ComputerTool"] | components["schemas"]["ComputerUsePreviewTool"] | components["schemas"]["LocalShellTool"] | components["schemas"]["ShellTool"] | components["schemas"]["ApplyPatchTool"] | components["schemas"]["ProgrammaticToolCallingTool"];
        /** @description A function that was offered, with every field. */
        FunctionToolEcho: {
            /** @constant */
            type: "function";
            /** @description What the model calls it. */
            name: string;
            /** @description What it does and when to call it. */
            description: string | null;
            /** @description The arguments. */
            parameters: components["schemas"]["JsonSchema"] | null;
            /** @description Whether the arguments must follow the schema exactly. */
            strict: boolean | null;
            /** @description What the function gives back. */
            output_schema?: components["schemas"]["JsonSchema"] | null;
            /** @description Whether the tool is only found by a tool search. */
            defer_loading?: boolean;
            allowed_callers?: components["schemas"]["AllowedCallers"];
        };
        /** @description The tool choice that applied. */
        ToolChoiceEcho: components["schemas"]["ToolChoiceMode"] | components["schemas"]["ToolChoiceFunction"] | components["schemas"]["ToolChoiceCustom"] | components["schemas"]["ToolChoiceAllowedToolsEcho"] | components["schemas"]["ToolChoiceMcp"] | components["schemas"]["ToolChoiceHosted"];
        /** @description Only some of the tools might be called. */
        ToolChoiceAllowedToolsEcho: {
            /** @constant */
            type: "allowed_tools";
            mode: components["schemas"]["ToolChoiceMode"];
            /** @description Those that might be called. */
            tools: components["schemas"]["AllowedTool"][];
        };
        /** @description The form of the answer's text. */
        TextSettingsEcho: {
            format: components["schemas"]["TextFormatEcho"];
            verbosity?: components["schemas"]["Verbosity"];
        };
        /** @description Plain text, any JSON object, or JSON that follows a schema. */
        TextFormatEcho: components["schemas"]["TextFormatText"] | components["schemas"]["TextFormatJsonObject"] | components["schemas"]["TextFormatJsonSchemaEcho"];
        /** @description JSON that follows a schema, with every field. */
        TextFormatJsonSchemaEcho: {
            /** @constant */
            type: "json_schema";
            /** @description What the model knows the form as. */
            name: string;
            /** @description What the form is for. */
            description: string | null;
            schema: components["schemas"]["JsonSchema"];
            /** @description Whether the answer must follow the schema exactly. */
            strict: boolean;
        };
        /** @description How the model was to think. */
        ReasoningSettingsEcho: {
            effort: components["schemas"]["ReasoningEffort"] | null;
            summary: components["schemas"]["ReasoningSummaryStyle"] | null;
            context?: components["schemas"]["ReasoningContext"] | null;
        };
        /**
         * @description One thing that the agent said or did. This server produces `message`, `function_call`, `custom_tool_call`,
         *     `function_call_output` (of tools that the agent ran itself), `reasoning` and `compaction`. The other kinds are OpenAI's;
         *     they are named so that clients know them, and because histories hold them.
         */
        OutputItem: components["schemas"]["OutputMessage"] | components["schemas"]["FunctionToolCall"] | components["schemas"]["FunctionToolCallOutput"] | components["schemas"]["ReasoningItem"] | components["schemas"]["CustomToolCall"] | components["schemas"]["CustomToolCallOutput"] | components["schemas"]["CompactionItem"] | components["schemas"]["McpCall"] | components["schemas"]["McpListTools"] | components["schemas"]["McpApprovalRequest"] | components["schemas"]["McpApprovalResponse"] | components["schemas"]["AdditionalTools"] | components["schemas"]["ToolSearchCall"] | components["schemas"]["ToolSearchOutput"] | components["schemas"]["WebSearchCall"] | components["schemas"]["FileSearchCall"] | components["schemas"]["CodeInterpreterCall"] | components["schemas"]["ImageGenerationCall"] | components["schemas"]["ComputerCall"] | components["schemas"]["ComputerCallOutput"] | components["schemas"]["LocalShellCall"] | components["schemas"]["LocalShellCallOutput"] | components["schemas"]["ShellCall"] | components["schemas"]["ShellCallOutput"] | components["schemas"]["ApplyPatchCall"] | components["schemas"]["ApplyPatchCallOutput"] | components["schemas"]["Program"] | components["schemas"]["ProgramOutput"];
        /** @description One item of a history as it is kept, with its `id` and `status` and every field that belongs to its kind. */
        Item: components["schemas"]["OutputItem"] | components["schemas"]["InputMessageEcho"];
        /**
         * @description A message to the model, as it is kept. Text that was sent as a string is a part here.
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
            /** @description Names the item. */
            id: string;
            status: components["schemas"]["ItemStatus"];
            /** @description Who speaks. */
            role: components["schemas"]["InputMessageRole"];
            /** @description Its parts. */
            content: components["schemas"]["InputPartEcho"][];
        };
        /**
         * @description Who speaks to the model.
         * @enum {string}
         */
        InputMessageRole: "user" | "system" | "developer";
        /** @description What the model says. */
        OutputMessage: {
            /** @constant */
            type: "message";
            /** @description Names the item. */
            id: string;
            status: components["schemas"]["ItemStatus"];
            /** @constant */
            role: "assistant";
            /** @description Its parts. */
            content: components["schemas"]["OutputMessagePart"][];
            phase?: components["schemas"]["MessagePhase"];
        };
        /** @description A piece of a message. */
        OutputMessagePart: components["schemas"]["OutputText"] | components["schemas"]["Refusal"];
        /** @description A piece of what the model produces. */
        OutputContentPart: components["schemas"]["OutputText"] | components["schemas"]["Refusal"] | components["schemas"]["ReasoningText"];
        /** @description Text of the model. */
        OutputText: {
            /** @constant */
            type: "output_text";
            /** @description The text. */
            text: string;
            /** @description Its sources. */
            annotations: components["schemas"]["Annotation"][];
            /** @description Its log probabilities, when they were asked for. */
            logprobs: components["schemas"]["TokenLogprob"][];
        };
        /** @description How the model refuses. */
        Refusal: {
            /** @constant */
            type: "refusal";
            /** @description The model's words. */
            refusal: string;
        };
        /** @description What the model thinks. */
        ReasoningText: {
            /** @constant */
            type: "reasoning_text";
            /** @description The thought. */
            text: string;
        };
        /** @description The gist of what the model thinks. */
        SummaryText: {
            /** @constant */
            type: "summary_text";
            /** @description The gist. */
            text: string;
        };
        /** @description A source of part of the text. */
        Annotation: components["schemas"]["UrlCitation"] | components["schemas"]["FileCitation"] | components["schemas"]["ContainerFileCitation"] | components["schemas"]["FilePath"];
        /** @description A web page that the text rests on. */
        UrlCitation: {
            /** @constant */
            type: "url_citation";
            /** @description The page. */
            url: string;
            /** @description Its title. */
            title: string;
            /** @description Where the text that cites it starts. */
            start_index: number;
            /** @description Where that text ends. */
            end_index: number;
        };
        /** @description An uploaded file that the text rests on. */
        FileCitation: {
            /** @constant */
            type: "file_citation";
            /** @description The file. */
            file_id: string;
            /** @description Its place in the list of files. */
            index: number;
            /** @description Its name. */
            filename: string;
        };
        /** @description A file in a container that the text rests on. */
        ContainerFileCitation: {
            /** @constant */
            type: "container_file_citation";
            /** @description The container. */
            container_id: string;
            /** @description The file. */
            file_id: string;
            /** @description Its name. */
            filename: string;
            /** @description Where the text that cites it starts. */
            start_index: number;
            /** @description Where that text ends. */
            end_index: number;
        };
        /** @description A file that was made. */
        FilePath: {
            /** @constant */
            type: "file_path";
            /** @description The file. */
            file_id: string;
            /** @description Its place in the list of files. */
            index: number;
        };
        /** @description One token, with the likeliest alternatives. */
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
        /** @description A function that the client is to call. */
        FunctionToolCall: {
            /** @constant */
            type: "function_call";
            /** @description Names the item. */
            id: string;
            /** @description Names the call; its output gives the same. */
            call_id: string;
            /** @description The function. */
            name: string;
            /** @description The arguments as JSON text, as the model wrote it; it may be invalid. */
            arguments: string;
            status: components["schemas"]["ItemStatus"];
            /** @description The namespace that the function is in. */
            namespace?: string;
        };
        /** @description What a function gave back that the agent called itself. */
        FunctionToolCallOutput: {
            /** @constant */
            type: "function_call_output";
            /** @description Names the item. */
            id: string;
            /** @description The call that this answers. */
            call_id: string;
            output: components["schemas"]["ToolOutput"];
            status: components["schemas"]["ItemStatus"];
        };
        /** @description Text, or a list of parts. */
        ToolOutput: components["schemas"]["Text"] | components["schemas"]["InputPartEchos"];
        /** @description Parts. */
        InputPartEchos: components["schemas"]["InputPartEcho"][];
        /** @description A piece of what was said to the model or given back by a tool. */
        InputPartEcho: components["schemas"]["InputTextEcho"] | components["schemas"]["InputImageEcho"] | components["schemas"]["InputFileEcho"];
        /** @description Text. */
        InputTextEcho: {
            /** @constant */
            type: "input_text";
            /** @description The text. */
            text: string;
        };
        /** @description An image. */
        InputImageEcho: {
            /** @constant */
            type: "input_image";
            /** @description Where it is. */
            image_url: string | null;
            detail: components["schemas"]["ImageDetail"];
            /** @description The uploaded file. */
            file_id?: string;
        };
        /** @description A file. */
        InputFileEcho: {
            /** @constant */
            type: "input_file";
            /** @description Its name. */
            filename?: string;
            /** @description Its content as a data URL or in base64. */
            file_data?: string;
            /** @description Where it can be fetched. */
            file_url?: string;
            /** @description The uploaded file. */
            file_id?: string;
        };
        /**
         * @description What the model thinks. `content` has the thoughts themselves; when `reasoning.summary` asked for summaries, `summary`
         *     has them in its place.
         */
        ReasoningItem: {
            /** @constant */
            type: "reasoning";
            /** @description Names the item. */
            id: string;
            /** @description The gist, if any. */
            summary: components["schemas"]["SummaryText"][];
            /** @description The thoughts. */
            content?: components["schemas"]["ReasoningText"][];
            /** @description The thoughts in a form that only the server can read. */
            encrypted_content?: string;
            status: components["schemas"]["ItemStatus"];
        };
        /** @description A custom tool that the client is to call. */
        CustomToolCall: {
            /** @constant */
            type: "custom_tool_call";
            /** @description Names the item. */
            id: string;
            /** @description Names the call; its output gives the same. */
            call_id: string;
            /** @description The tool. */
            name: string;
            /** @description What the model wrote for it. */
            input: string;
            status: components["schemas"]["ItemStatus"];
            /** @description The namespace that the tool is in. */
            namespace?: string;
        };
        /** @description What a custom tool gave back. */
        CustomToolCallOutput: {
            /** @constant */
            type: "custom_tool_call_output";
            /** @description Names the item. */
            id: string;
            /** @description The call that this answers. */
            call_id: string;
            output: components["schemas"]["ToolOutput"];
            status: components["schemas"]["ItemStatus"];
        };
        /** @description A compacted history; send it back in place of what it stands for. */
        CompactionItem: {
            /** @constant */
            type: "compaction";
            /** @description Names the item. */
            id: string;
            /** @description The history in a form that only the server can read. */
            encrypted_content: string;
            /** @description Who made it. */
            created_by?: string;
            status: components["schemas"]["ItemStatus"];
        };
        /** @description A web search. */
        WebSearchCall: {
            /** @constant */
            type: "web_search_call";
            /** @description Names the item. */
            id: string;
            /** @description How far it got. */
            status: components["schemas"]["WebSearchCallProgress"];
            action?: components["schemas"]["JsonObject"];
        };
        /**
         * @description How far the call got.
         * @enum {string}
         */
        WebSearchCallProgress: "in_progress" | "searching" | "completed" | "failed";
        /** @description A search in uploaded files. */
        FileSearchCall: {
            /** @constant */
            type: "file_search_call";
            /** @description Names the item. */
            id: string;
            /** @description How far it got. */
            status: components["schemas"]["FileSearchCallProgress"];
            /** @description What was searched for. */
            queries: string[];
            /** @description What was found. */
            results?: components["schemas"]["JsonObject"][] | null;
        };
        /**
         * @description How far the call got.
         * @enum {string}
         */
        FileSearchCallProgress: "in_progress" | "searching" | "completed" | "incomplete" | "failed";
        /** @description Code that was run in a container. */
        CodeInterpreterCall: {
            /** @constant */
            type: "code_interpreter_call";
            /** @description Names the item. */
            id: string;
            /** @description How far it got. */
            status: components["schemas"]["CodeInterpreterCallProgress"];
            /** @description The container. */
            container_id: string;
            /** @description The code. */
            code: string | null;
            /** @description What it printed and drew. */
            outputs: components["schemas"]["JsonObject"][] | null;
        };
        /**
         * @description How far the call got.
         * @enum {string}
         */
        CodeInterpreterCallProgress: "in_progress" | "completed" | "incomplete" | "interpreting" | "failed";
        /** @description An image that was made. */
        ImageGenerationCall: {
            /** @constant */
            type: "image_generation_call";
            /** @description Names the item. */
            id: string;
            /** @description How far it got. */
            status: components["schemas"]["ImageGenerationCallProgress"];
            /** @description The image in base64. */
            result: string | null;
        };
        /**
         * @description How far the call got.
         * @enum {string}
         */
        ImageGenerationCallProgress: "in_progress" | "completed" | "generating" | "failed";
        /** @description Something to do on a computer. */
        ComputerCall: {
            /** @constant */
            type: "computer_call";
            /** @description Names the item. */
            id: string;
            /** @description Names the call. */
            call_id: string;
            status: components["schemas"]["ItemStatus"];
            action?: components["schemas"]["JsonObject"];
            /** @description Several things to do. */
            actions?: components["schemas"]["JsonObject"][];
            /** @description What to confirm first. */
            pending_safety_checks: components["schemas"]["SafetyCheck"][];
        };
        /** @description A risk to confirm. */
        SafetyCheck: {
            /** @description Names the check. */
            id: string;
            /** @description The kind of risk. */
            code?: string | null;
            /** @description The risk. */
            message?: string | null;
        };
        /** @description What the screen shows afterwards, sent back. */
        ComputerCallOutputInput: {
            /** @constant */
            type: "computer_call_output";
            /** @description The call that this answers. */
            call_id: string;
            output: components["schemas"]["ComputerScreenshot"];
            /** @description The item's id. */
            id?: string | null;
            /** @description How far it got. */
            status?: components["schemas"]["ComputerCallOutputProgress"] | null;
            /** @description What was confirmed. */
            acknowledged_safety_checks?: components["schemas"]["SafetyCheck"][] | null;
        };
        /**
         * @description How far the call got.
         * @enum {string}
         */
        ComputerCallOutputProgress: "in_progress" | "completed" | "incomplete" | "failed";
        /** @description What the screen shows afterwards. */
        ComputerCallOutput: {
            /** @constant */
            type: "computer_call_output";
            /** @description Names the item. */
            id: string;
            /** @description The call that this answers. */
            call_id: string;
            output: components["schemas"]["ComputerScreenshot"];
            /** @description How far it got. */
            status: components["schemas"]["ComputerCallResult"];
            /** @description What was confirmed. */
            acknowledged_safety_checks?: components["schemas"]["SafetyCheck"][];
        };
        /**
         * @description What came of a call.
         * @enum {string}
         */
        ComputerCallResult: "completed" | "incomplete" | "failed";
        /** @description A command to run at the client. */
        LocalShellCall: {
            /** @constant */
            type: "local_shell_call";
            /** @description Names the item. */
            id: string;
            /** @description Names the call. */
            call_id: string;
            action: components["schemas"]["JsonObject"];
            status: components["schemas"]["ItemStatus"];
        };
        /** @description What the command printed. */
        LocalShellCallOutput: {
            /** @constant */
            type: "local_shell_call_output";
            /** @description Names the item. */
            id: string;
            /** @description What was printed. */
            output: string;
            status?: components["schemas"]["ItemStatus"] | null;
        };
        /** @description Commands of an earlier turn, sent back. */
        ShellCallInput: {
            /** @constant */
            type: "shell_call";
            /** @description Names the call. */
            call_id: string;
            action: components["schemas"]["ShellAction"];
            /** @description The item's id. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
            /** @description Where they run. */
            environment?: components["schemas"]["JsonObject"] | null;
            caller?: components["schemas"]["ToolCaller"] | null;
        };
        /** @description Commands to run. */
        ShellCall: {
            /** @constant */
            type: "shell_call";
            /** @description Names the item. */
            id: string;
            /** @description Names the call. */
            call_id: string;
            action: components["schemas"]["ShellAction"];
            status: components["schemas"]["ItemStatus"];
            /** @description Where they run. */
            environment: components["schemas"]["JsonObject"] | null;
        };
        /** @description Commands and their bounds. */
        ShellAction: {
            /** @description The commands. */
            commands: string[];
            /** @description The longest they may take. */
            timeout_ms?: number | null;
            /** @description The most they may print. */
            max_output_length?: number | null;
        };
        /** @description What commands printed, sent back. */
        ShellCallOutputInput: {
            /** @constant */
            type: "shell_call_output";
            /** @description The call that this answers. */
            call_id: string;
            /** @description One entry for each command. */
            output: components["schemas"]["ShellOutput"][];
            /** @description The item's id. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
            /** @description The most that was kept. */
            max_output_length?: number | null;
            caller?: components["schemas"]["ToolCaller"] | null;
        };
        /** @description What commands printed. */
        ShellCallOutput: {
            /** @constant */
            type: "shell_call_output";
            /** @description Names the item. */
            id: string;
            /** @description The call that this answers. */
            call_id: string;
            /** @description One entry for each command. */
            output: components["schemas"]["ShellOutput"][];
            status: components["schemas"]["ItemStatus"];
            /** @description The most that was kept. */
            max_output_length: number | null;
        };
        /** @description What one command printed. */
        ShellOutput: {
            /** @description Its output. */
            stdout: string;
            /** @description Its error output. */
            stderr: string;
            outcome: components["schemas"]["ShellOutcome"];
        };
        /** @description How a command ended. */
        ShellOutcome: {
            /** @description By itself or by the time limit. */
            type: components["schemas"]["ShellOutcomeKind"];
            /** @description Its exit code. */
            exit_code?: number;
        };
        /**
         * @description What ended a command.
         * @enum {string}
         */
        ShellOutcomeKind: "exit" | "timeout";
        /** @description A change of an earlier turn, sent back. */
        ApplyPatchCallInput: {
            /** @constant */
            type: "apply_patch_call";
            /** @description Names the call. */
            call_id: string;
            /** @description How far it got. */
            status: components["schemas"]["ApplyPatchProgress"];
            operation: components["schemas"]["PatchOperation"];
            /** @description The item's id. */
            id?: string | null;
            caller?: components["schemas"]["ToolCaller"] | null;
        };
        /** @description A change to make to a file. */
        ApplyPatchCall: {
            /** @constant */
            type: "apply_patch_call";
            /** @description Names the item. */
            id: string;
            /** @description Names the call. */
            call_id: string;
            /** @description How far it got. */
            status: components["schemas"]["ApplyPatchProgress"];
            operation: components["schemas"]["PatchOperation"];
        };
        /**
         * @description How far a patch got.
         * @enum {string}
         */
        ApplyPatchProgress: "in_progress" | "completed";
        /** @description What to do to which file. */
        PatchOperation: {
            /** @description What to do. */
            type: components["schemas"]["PatchOperationKind"];
            /** @description The file. */
            path: string;
            /** @description The change, unless the file is deleted. */
            diff?: string;
        };
        /**
         * @description What to do with a file.
         * @enum {string}
         */
        PatchOperationKind: "create_file" | "update_file" | "delete_file";
        /** @description What came of a change, sent back. */
        ApplyPatchCallOutputInput: {
            /** @constant */
            type: "apply_patch_call_output";
            /** @description The call that this answers. */
            call_id: string;
            /** @description What came of it. */
            status: components["schemas"]["ApplyPatchResult"];
            /** @description What the client says about it. */
            output?: string | null;
            /** @description The item's id. */
            id?: string | null;
            caller?: components["schemas"]["ToolCaller"] | null;
        };
        /** @description What came of a change. */
        ApplyPatchCallOutput: {
            /** @constant */
            type: "apply_patch_call_output";
            /** @description Names the item. */
            id: string;
            /** @description The call that this answers. */
            call_id: string;
            /** @description What came of it. */
            status: components["schemas"]["ApplyPatchResult"];
            /** @description What the client says about it. */
            output?: string | null;
        };
        /**
         * @description What came of a patch.
         * @enum {string}
         */
        ApplyPatchResult: "completed" | "failed";
        /** @description A call of an MCP server's tool. */
        McpCall: {
            /** @constant */
            type: "mcp_call";
            /** @description Names the item. */
            id: string;
            /** @description The server. */
            server_label: string;
            /** @description The tool. */
            name: string;
            /** @description The arguments as JSON text. */
            arguments: string;
            /** @description What it gave back. */
            output?: string | null;
            /** @description What went wrong. */
            error?: components["schemas"]["McpCallError"] | null;
            /** @description How far it got. */
            status?: components["schemas"]["McpCallProgress"];
            /** @description The approval that it waited for. */
            approval_request_id?: string | null;
        };
        /** @description What went wrong in a call. */
        McpCallError: components["schemas"]["JsonObject"] | components["schemas"]["Text"];
        /**
         * @description How far the call got.
         * @enum {string}
         */
        McpCallProgress: "in_progress" | "completed" | "incomplete" | "calling" | "failed";
        /** @description The tools that an MCP server offers. */
        McpListTools: {
            /** @constant */
            type: "mcp_list_tools";
            /** @description Names the item. */
            id: string;
            /** @description The server. */
            server_label: string;
            /** @description Its tools. */
            tools: components["schemas"]["McpToolDescription"][];
            /** @description Why they couldn't be listed. */
            error?: string | null;
        };
        /** @description A tool of an MCP server. */
        McpToolDescription: {
            /** @description Its name. */
            name: string;
            /** @description What it does. */
            description?: string | null;
            input_schema: components["schemas"]["JsonSchema"];
            /** @description More about it. */
            annotations?: components["schemas"]["JsonObject"] | null;
        };
        /** @description Asks whether a tool of an MCP server may be called. */
        McpApprovalRequest: {
            /** @constant */
            type: "mcp_approval_request";
            /** @description Names the item. */
            id: string;
            /** @description The server. */
            server_label: string;
            /** @description The tool. */
            name: string;
            /** @description The arguments as JSON text. */
            arguments: string;
        };
        /** @description Says whether a tool of an MCP server may be called. */
        McpApprovalResponseInput: {
            /** @constant */
            type: "mcp_approval_response";
            /** @description The request that this answers. */
            approval_request_id: string;
            /** @description The answer. */
            approve: boolean;
            /** @description Why. */
            reason?: string | null;
            /** @description The item's id. */
            id?: string | null;
        };
        /** @description Whether a tool of an MCP server may be called. */
        McpApprovalResponse: {
            /** @constant */
            type: "mcp_approval_response";
            /** @description Names the item. */
            id: string;
            /** @description The request that this answers. */
            approval_request_id: string;
            /** @description The answer. */
            approve: boolean;
            /** @description Why. */
            reason?: string | null;
        };
        /** @description Tools that were offered along the way. */
        AdditionalTools: {
            /** @constant */
            type: "additional_tools";
            /** @description Names the item. */
            id: string;
            /** @description Who offered them. */
            role: components["schemas"]["AdditionalToolsRole"];
            /** @description The tools. */
            tools: components["schemas"]["ToolEcho"][];
        };
        /**
         * @description Who offered tools.
         * @enum {string}
         */
        AdditionalToolsRole: "unknown" | "user" | "assistant" | "system" | "critic" | "discriminator" | "developer" | "tool";
        /** @description A search for tools, sent back. */
        ToolSearchCallInput: {
            /** @constant */
            type: "tool_search_call";
            arguments: components["schemas"]["JsonObject"];
            /** @description Names the call. */
            call_id?: string | null;
            /** @description Who searches. */
            execution?: components["schemas"]["ToolSearchExecution"];
            /** @description The item's id. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
        };
        /** @description A search for tools. */
        ToolSearchCall: {
            /** @constant */
            type: "tool_search_call";
            /** @description Names the item. */
            id: string;
            /** @description Names the call. */
            call_id: string | null;
            /** @description Who searches. */
            execution: components["schemas"]["ToolSearchExecution"];
            arguments: components["schemas"]["JsonObject"];
            status: components["schemas"]["ItemStatus"];
        };
        /** @description The tools that were found, sent back. */
        ToolSearchOutputInput: {
            /** @constant */
            type: "tool_search_output";
            /** @description The tools. */
            tools: components["schemas"]["Tool"][];
            /** @description The call that this answers. */
            call_id?: string | null;
            /** @description Who searched. */
            execution?: components["schemas"]["ToolSearchExecution"];
            /** @description The item's id. */
            id?: string | null;
            status?: components["schemas"]["ItemStatus"] | null;
        };
        /** @description The tools that were found. */
        ToolSearchOutput: {
            /** @constant */
            type: "tool_search_output";
            /** @description Names the item. */
            id: string;
            /** @description The call that this answers. */
            call_id: string | null;
            /** @description Who searched. */
            execution: components["schemas"]["ToolSearchExecution"];
            /** @description The tools. */
            tools: components["schemas"]["ToolEcho"][];
            status: components["schemas"]["ItemStatus"];
        };
        /** @description A program that the model wrote to call tools. */
        Program: {
            /** @constant */
            type: "program";
            /** @description Names the item. */
            id: string;
            /** @description Names the call. */
            call_id: string;
            /** @description The program. */
            code: string;
            /** @description What it may be resumed by. */
            fingerprint: string;
        };
        /** @description What a program gave back. */
        ProgramOutput: {
            /** @constant */
            type: "program_output";
            /** @description Names the item. */
            id: string;
            /** @description The call that this answers. */
            call_id: string;
            /** @description What it gave back. */
            result: string;
            /** @description How far it got. */
            status: components["schemas"]["ProgramResult"];
        };
        /**
         * @description What came of a program.
         * @enum {string}
         */
        ProgramResult: "completed" | "incomplete";
        /** @description What a model would read, as in `createResponse`. `null` in a field means that it wasn't sent. */
        CountInputTokensRequest: {
            /** @description What is new in the turn. */
            input?: components["schemas"]["ResponseInput"] | null;
            /** @description The model that would answer, by its id in `listModels`. */
            model?: string | null;
            /** @description How the model should behave. Carried over as in `createResponse`. */
            instructions?: string | null;
            /** @description The response that the turn would continue. */
            previous_response_id?: string | null;
            /** @description The conversation that the turn would belong to. Not together with `previous_response_id`. */
            conversation?: components["schemas"]["ConversationReference"] | null;
            /** @description What the model might call. */
            tools?: components["schemas"]["Tool"][] | null;
            tool_choice?: components["schemas"]["ToolChoice"] | null;
            /** @description Whether the model might make several calls in one turn. */
            parallel_tool_calls?: boolean | null;
            text?: components["schemas"]["TextSettings"] | null;
            reasoning?: components["schemas"]["ReasoningSettings"] | null;
            truncation?: components["schemas"]["Truncation"] | null;
            /** @description A provider's style. Accepted and not used. */
            personality?: string | null;
        };
        /** @description How many tokens a model would read. */
        InputTokenCount: {
            /** @constant */
            object: "response.input_tokens";
            /** @description The count. */
            input_tokens: number;
        };
        /** @description A history to shorten. `null` in a field means that it wasn't sent. */
        CompactResponseRequest: {
            /** @description Which model sums up, by its id in `listModels`. Without it, or when it is empty, the agent's default does. */
            model?: string | null;
            /** @description The history, or what comes after that of `previous_response_id`. One of the two is required. */
            input?: components["schemas"]["ResponseInput"] | null;
            /** @description The response whose history is to be shortened. */
            previous_response_id?: string | null;
            /** @description How the model should behave, also while it sums up. */
            instructions?: string | null;
            /** @description Groups requests with a common prompt. Accepted and not used. */
            prompt_cache_key?: string | null;
            prompt_cache_retention?: components["schemas"]["PromptCacheRetention"] | null;
            prompt_cache_options?: components["schemas"]["PromptCacheOptions"] | null;
            /** @description A class of service. Accepted and not used. */
            service_tier?: string | null;
        };
        /** @description A shortened history. */
        CompactedResponse: {
            /**
             * @description Names this compaction. It can't be continued.
             * @example resp_4a7d1ed414474e4033ac29ccb8653d9b
             */
            id: string;
            /** @constant */
            object: "response.compaction";
            /** @description When it was made, in Unix seconds. */
            created_at: number;
            /** @description What to send in place of the history: messages of the system and the developer, then one `compaction` item. */
            output: components["schemas"]["Item"][];
            usage: components["schemas"]["ResponseUsage"];
        };
        /** @description What is known of a conversation, beside its items. */
        Conversation: {
            /**
             * @description Names this conversation.
             * @example conv_3b5d5c3712955042212316173ccf37be
             */
            id: string;
            /** @constant */
            object: "conversation";
            /** @description When it was started, in Unix seconds. */
            created_at: number;
            metadata: components["schemas"]["Metadata"];
        };
        /** @description How a conversation begins. `null` in a field means that it wasn't sent. */
        CreateConversationRequest: {
            items?: components["schemas"]["NewItems"] | null;
            metadata?: components["schemas"]["Metadata"] | null;
        };
        /** @description Up to 20 items, oldest first. */
        NewItems: components["schemas"]["InputItem"][];
        /** @description What to change of a conversation. */
        UpdateConversationRequest: {
            /** @description The new pairs, in place of all old ones. `null` removes them. */
            metadata: components["schemas"]["Metadata"] | null;
        };
        /** @description What to add to a conversation. */
        CreateConversationItemsRequest: {
            items: components["schemas"]["NewItems"];
        };
        /** @description Says that a conversation was deleted. */
        DeletedConversation: {
            /** @description The id of the deleted conversation. */
            id: string;
            /** @constant */
            object: "conversation.deleted";
            /** @constant */
            deleted: true;
        };
        /**
         * @description What a client sends on a WebSocket to start a turn: the fields of `createResponse`, with the frame's `type`. `stream` and
         *     `stream_options` have no meaning here and are ignored; `background: true` is refused with `400`.
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
             * @description `false` takes the input in without asking the model: the response completes with an empty `output`, and a later turn
             *     can continue it.
             * @default true
             */
            generate?: boolean | null;
        } & components["schemas"]["CreateResponseRequest"];
        /**
         * @description A turn that could not begin, or the end of the connection. After the former the socket can be used again.
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
            /** @description The status that the same error has over HTTP. */
            status: number;
            error: components["schemas"]["WebSocketError"];
        };
        /** @description What went wrong. */
        WebSocketError: {
            /** @description The class of error, as in `ErrorDetail`. */
            type: string;
            /** @description For a program to read, as in `ErrorDetail`. */
            code: string;
            /** @description For a person to read. */
            message: string;
            /** @description The part of the request at fault. */
            param: string | null;
        };
        /**
         * @description The JSON of one `data:` line. `sequence_number` counts from 0 without gaps. The events of hosted tools are named here so
         *     that clients know them; this server doesn't send them.
         */
        ResponseStreamEvent: components["schemas"]["ResponseCreatedEvent"] | components["schemas"]["ResponseQueuedEvent"] | components["schemas"]["ResponseInProgressEvent"] | components["schemas"]["ResponseCompletedEvent"] | components["schemas"]["ResponseIncompleteEvent"] | components["schemas"]["ResponseFailedEvent"] | components["schemas"]["OutputItemAddedEvent"] | components["schemas"]["OutputItemDoneEvent"] | components["schemas"]["ContentPartAddedEvent"] | components["schemas"]["ContentPartDoneEvent"] | components["schemas"]["OutputTextDeltaEvent"] | components["schemas"]["OutputTextDoneEvent"] | components["schemas"]["OutputTextAnnotationAddedEvent"] | components["schemas"]["RefusalDeltaEvent"] | components["schemas"]["RefusalDoneEvent"] | components["schemas"]["FunctionCallArgumentsDeltaEvent"] | components["schemas"]["FunctionCallArgumentsDoneEvent"] | components["schemas"]["CustomToolCallInputDeltaEvent"] | components["schemas"]["CustomToolCallInputDoneEvent"] | components["schemas"]["ReasoningTextDeltaEvent"] | components["schemas"]["ReasoningTextDoneEvent"] | components["schemas"]["ReasoningSummaryPartAddedEvent"] | components["schemas"]["ReasoningSummaryPartDoneEvent"] | components["schemas"]["ReasoningSummaryTextDeltaEvent"] | components["schemas"]["ReasoningSummaryTextDoneEvent"] | components["schemas"]["ErrorEvent"] | components["schemas"]["KeepAliveEvent"] | components["schemas"]["WebSearchCallInProgressEvent"] | components["schemas"]["WebSearchCallSearchingEvent"] | components["schemas"]["WebSearchCallCompletedEvent"] | components["schemas"]["FileSearchCallInProgressEvent"] | components["schemas"]["FileSearchCallSearchingEvent"] | components["schemas"]["FileSearchCallCompletedEvent"] | components["schemas"]["CodeInterpreterCallInProgressEvent"] | components["schemas"]["CodeInterpreterCallInterpretingEvent"] | components["schemas"]["CodeInterpreterCallCompletedEvent"] | components["schemas"]["CodeInterpreterCallCodeDeltaEvent"] | components["schemas"]["CodeInterpreterCallCodeDoneEvent"] | components["schemas"]["ImageGenerationCallInProgressEvent"] | components["schemas"]["ImageGenerationCallGeneratingEvent"] | components["schemas"]["ImageGenerationCallCompletedEvent"] | components["schemas"]["ImageGenerationCallPartialImageEvent"] | components["schemas"]["McpCallInProgressEvent"] | components["schemas"]["McpCallCompletedEvent"] | components["schemas"]["McpCallFailedEvent"] | components["schemas"]["McpCallArgumentsDeltaEvent"] | components["schemas"]["McpCallArgumentsDoneEvent"] | components["schemas"]["McpListToolsInProgressEvent"] | components["schemas"]["McpListToolsCompletedEvent"] | components["schemas"]["McpListToolsFailedEvent"] | components["schemas"]["ShellCallCommandAddedEvent"] | components["schemas"]["ShellCallCommandDeltaEvent"] | components["schemas"]["ShellCallCommandDoneEvent"] | components["schemas"]["ShellCallOutputContentDeltaEvent"] | components["schemas"]["ShellCallOutputContentDoneEvent"] | components["schemas"]["AudioDeltaEvent"] | components["schemas"]["AudioDoneEvent"] | components["schemas"]["AudioTranscriptDeltaEvent"] | components["schemas"]["AudioTranscriptDoneEvent"];
        /** @description The event's place in the stream, from 0. */
        SequenceNumber: number;
        /** @description The item's place in `output`. */
        OutputIndex: number;
        /** @description The item's `id`. */
        ItemId: string;
        /** @description The part's place in the item's `content`. */
        ContentIndex: number;
        /** @description The part's place in the item's `summary`. */
        SummaryIndex: number;
        /** @description What a command prints next. */
        ShellOutputDelta: {
            /** @description More output. */
            stdout?: string;
            /** @description More error output. */
            stderr?: string;
        };
        /** @description First. The agent took the request; in the background, the server did. */
        ResponseCreatedEvent: {
            /** @constant */
            type: "response.created";
            sequence_number: components["schemas"]["SequenceNumber"];
            response: components["schemas"]["Response"];
        };
        /** @description The response waits for its turn. */
        ResponseQueuedEvent: {
            /** @constant */
            type: "response.queued";
            sequence_number: components["schemas"]["SequenceNumber"];
            response: components["schemas"]["Response"];
        };
        /** @description The agent works. */
        ResponseInProgressEvent: {
            /** @constant */
            type: "response.in_progress";
            sequence_number: components["schemas"]["SequenceNumber"];
            response: components["schemas"]["Response"];
        };
        /** @description Last. The whole response; it is already stored. */
        ResponseCompletedEvent: {
            /** @constant */
            type: "response.completed";
            sequence_number: components["schemas"]["SequenceNumber"];
            response: components["schemas"]["Response"];
        };
        /**
         * @description Last. The response ended early; `incomplete_details` says why. One whose `status` is `cancelled` was stopped, by
         *     `cancelResponse` or because its reader went away.
         */
        ResponseIncompleteEvent: {
            /** @constant */
            type: "response.incomplete";
            sequence_number: components["schemas"]["SequenceNumber"];
            response: components["schemas"]["Response"];
        };
        /** @description Last. The response failed; `error` says why. */
        ResponseFailedEvent: {
            /** @constant */
            type: "response.failed";
            sequence_number: components["schemas"]["SequenceNumber"];
            response: components["schemas"]["Response"];
        };
        /** @description An item begins; what isn't known yet is empty. */
        OutputItemAddedEvent: {
            /** @constant */
            type: "response.output_item.added";
            sequence_number: components["schemas"]["SequenceNumber"];
            output_index: components["schemas"]["OutputIndex"];
            item: components["schemas"]["OutputItem"];
        };
        /** @description An item is finished; here it is whole. */
        OutputItemDoneEvent: {
            /** @constant */
            type: "response.output_item.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            output_index: components["schemas"]["OutputIndex"];
            item: components["schemas"]["OutputItem"];
        };
        /** @description A part of an item begins, empty. */
        ContentPartAddedEvent: {
            /** @constant */
            type: "response.content_part.added";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            content_index: components["schemas"]["ContentIndex"];
            part: components["schemas"]["OutputContentPart"];
        };
        /** @description A part of an item is finished. */
        ContentPartDoneEvent: {
            /** @constant */
            type: "response.content_part.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            content_index: components["schemas"]["ContentIndex"];
            part: components["schemas"]["OutputContentPart"];
        };
        /** @description More text. */
        OutputTextDeltaEvent: {
            /** @constant */
            type: "response.output_text.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            content_index: components["schemas"]["ContentIndex"];
            /** @description The text to add. */
            delta: string;
            /** @description Log probabilities, when they were asked for. */
            logprobs: components["schemas"]["TokenLogprob"][];
            /** @description Padding; this server sends none. */
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
            /** @description Log probabilities, when they were asked for. */
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
            /** @description Its place among the sources. */
            annotation_index: number;
            annotation: components["schemas"]["Annotation"] | null;
        };
        /** @description More of a refusal. */
        RefusalDeltaEvent: {
            /** @constant */
            type: "response.refusal.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            content_index: components["schemas"]["ContentIndex"];
            /** @description The text to add. */
            delta: string;
            /** @description Padding; this server sends none. */
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
        /** @description More of a call's arguments. */
        FunctionCallArgumentsDeltaEvent: {
            /** @constant */
            type: "response.function_call_arguments.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The JSON text to add. */
            delta: string;
            /** @description Padding; this server sends none. */
            obfuscation?: string;
        };
        /** @description The arguments are finished. */
        FunctionCallArgumentsDoneEvent: {
            /** @constant */
            type: "response.function_call_arguments.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The function. */
            name: string;
            /** @description The whole JSON text. */
            arguments: string;
        };
        /** @description More of a custom tool's input. */
        CustomToolCallInputDeltaEvent: {
            /** @constant */
            type: "response.custom_tool_call_input.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The text to add. */
            delta: string;
            /** @description Padding; this server sends none. */
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
        /** @description More of a thought. */
        ReasoningTextDeltaEvent: {
            /** @constant */
            type: "response.reasoning_text.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            content_index: components["schemas"]["ContentIndex"];
            /** @description The text to add. */
            delta: string;
            /** @description Padding; this server sends none. */
            obfuscation?: string;
        };
        /** @description The thought is finished. */
        ReasoningTextDoneEvent: {
            /** @constant */
            type: "response.reasoning_text.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            content_index: components["schemas"]["ContentIndex"];
            /** @description The whole thought. */
            text: string;
        };
        /** @description A part of a summary begins, empty. */
        ReasoningSummaryPartAddedEvent: {
            /** @constant */
            type: "response.reasoning_summary_part.added";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            summary_index: components["schemas"]["SummaryIndex"];
            part: components["schemas"]["SummaryText"];
        };
        /** @description A part of a summary is finished. */
        ReasoningSummaryPartDoneEvent: {
            /** @constant */
            type: "response.reasoning_summary_part.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            summary_index: components["schemas"]["SummaryIndex"];
            part: components["schemas"]["SummaryText"];
            /**
             * @description Present when the part was cut short.
             * @constant
             */
            status?: "incomplete";
        };
        /** @description More of a summary. */
        ReasoningSummaryTextDeltaEvent: {
            /** @constant */
            type: "response.reasoning_summary_text.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            summary_index: components["schemas"]["SummaryIndex"];
            /** @description The text to add. */
            delta: string;
            /** @description Padding; this server sends none. */
            obfuscation?: string;
        };
        /** @description The part's text is finished. */
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
        /** @description An error that isn't the end of the response. Given in both known forms, flat and nested; a failed response ends in `response.failed` instead. */
        ErrorEvent: {
            /** @constant */
            type: "error";
            sequence_number: components["schemas"]["SequenceNumber"];
            /** @description For a program to read. */
            code: string | null;
            /** @description For a person to read. */
            message: string;
            /** @description The part of the request at fault. */
            param: string | null;
            error: components["schemas"]["ErrorDetail"];
        };
        /** @description Keeps an idle stream open; says nothing. Known to clients from other servers; this one sends comments instead. */
        KeepAliveEvent: {
            /** @constant */
            type: "keepalive";
            sequence_number: components["schemas"]["SequenceNumber"];
        };
        /** @description A web search begins. */
        WebSearchCallInProgressEvent: {
            /** @constant */
            type: "response.web_search_call.in_progress";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description A web search searches. */
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
        /** @description A file search begins. */
        FileSearchCallInProgressEvent: {
            /** @constant */
            type: "response.file_search_call.in_progress";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description A file search searches. */
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
        /** @description A run of code begins. */
        CodeInterpreterCallInProgressEvent: {
            /** @constant */
            type: "response.code_interpreter_call.in_progress";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description A run of code runs. */
        CodeInterpreterCallInterpretingEvent: {
            /** @constant */
            type: "response.code_interpreter_call.interpreting";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description A run of code is finished. */
        CodeInterpreterCallCompletedEvent: {
            /** @constant */
            type: "response.code_interpreter_call.completed";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description More code. */
        CodeInterpreterCallCodeDeltaEvent: {
            /** @constant */
            type: "response.code_interpreter_call_code.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The code to add. */
            delta: string;
            /** @description Padding; this server sends none. */
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
        /** @description An image begins. */
        ImageGenerationCallInProgressEvent: {
            /** @constant */
            type: "response.image_generation_call.in_progress";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description An image is being made. */
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
        /** @description A draft of an image. */
        ImageGenerationCallPartialImageEvent: {
            /** @constant */
            type: "response.image_generation_call.partial_image";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description Which draft. */
            partial_image_index: number;
            /** @description The draft in base64. */
            partial_image_b64: string;
        };
        /** @description A call of an MCP tool begins. */
        McpCallInProgressEvent: {
            /** @constant */
            type: "response.mcp_call.in_progress";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description A call of an MCP tool is finished. */
        McpCallCompletedEvent: {
            /** @constant */
            type: "response.mcp_call.completed";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description A call of an MCP tool failed. */
        McpCallFailedEvent: {
            /** @constant */
            type: "response.mcp_call.failed";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description More of an MCP call's arguments. */
        McpCallArgumentsDeltaEvent: {
            /** @constant */
            type: "response.mcp_call_arguments.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description The JSON text to add. */
            delta: string;
            /** @description Padding; this server sends none. */
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
        /** @description The tools of an MCP server are being listed. */
        McpListToolsInProgressEvent: {
            /** @constant */
            type: "response.mcp_list_tools.in_progress";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description The tools of an MCP server are listed. */
        McpListToolsCompletedEvent: {
            /** @constant */
            type: "response.mcp_list_tools.completed";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description The tools of an MCP server can't be listed. */
        McpListToolsFailedEvent: {
            /** @constant */
            type: "response.mcp_list_tools.failed";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
        };
        /** @description A command begins. */
        ShellCallCommandAddedEvent: {
            /** @constant */
            type: "response.shell_call_command.added";
            sequence_number: components["schemas"]["SequenceNumber"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description Which command. */
            command_index: number;
            /** @description What is known of it. */
            command: string;
        };
        /** @description More of a command. */
        ShellCallCommandDeltaEvent: {
            /** @constant */
            type: "response.shell_call_command.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description Which command. */
            command_index: number;
            /** @description The text to add. */
            delta: string;
            /** @description Padding; this server sends none. */
            obfuscation?: string;
        };
        /** @description A command is finished. */
        ShellCallCommandDoneEvent: {
            /** @constant */
            type: "response.shell_call_command.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description Which command. */
            command_index: number;
            /** @description The whole command. */
            command: string;
        };
        /** @description More of what a command prints. */
        ShellCallOutputContentDeltaEvent: {
            /** @constant */
            type: "response.shell_call_output_content.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description Which command. */
            command_index: number;
            delta: components["schemas"]["ShellOutputDelta"];
        };
        /** @description A command has printed all. */
        ShellCallOutputContentDoneEvent: {
            /** @constant */
            type: "response.shell_call_output_content.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            item_id: components["schemas"]["ItemId"];
            output_index: components["schemas"]["OutputIndex"];
            /** @description Which command. */
            command_index: number;
            /** @description What it printed. */
            output: components["schemas"]["ShellOutput"][];
        };
        /** @description More sound. */
        AudioDeltaEvent: {
            /** @constant */
            type: "response.audio.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            /** @description The response's id. */
            response_id: string;
            /** @description The sound to add in base64. */
            delta: string;
        };
        /** @description The sound is finished. */
        AudioDoneEvent: {
            /** @constant */
            type: "response.audio.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            /** @description The response's id. */
            response_id: string;
        };
        /** @description More of what is spoken. */
        AudioTranscriptDeltaEvent: {
            /** @constant */
            type: "response.audio.transcript.delta";
            sequence_number: components["schemas"]["SequenceNumber"];
            /** @description The response's id. */
            response_id: string;
            /** @description The text to add. */
            delta: string;
        };
        /** @description The transcript is finished. */
        AudioTranscriptDoneEvent: {
            /** @constant */
            type: "response.audio.transcript.done";
            sequence_number: components["schemas"]["SequenceNumber"];
            /** @description The response's id. */
            response_id: string;
        };
    };
    responses: {
        /**
         * @description The request can't be understood, or asks for what can't be done: `invalid_json`, `missing_required_parameter`,
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
        /** @description The key is missing, wrong or revoked, `invalid_api_key`. */
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
         * @description A server without keys was addressed by a host name that isn't loopback (`host_not_allowed`), or a web page from
         *     an origin that isn't allowed made the request (`origin_not_allowed`).
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
         * @description No such thing: `response_not_found`, `previous_response_not_found`, `conversation_not_found`, `item_not_found`,
         *     `chat_completion_not_found`, `model_not_found`, `not_found`. What belongs to another tenant is not found either: the
         *     answer is the same as for an id that never was. So it is for a model of an agent that the tenant may not use.
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
         * @description Another response is being made in this conversation, `conversation_locked`, or the response that is to be continued is
         *     still being made, `previous_response_in_progress`: try again when it has ended. Or the `Idempotency-Key` was used for
         *     another request, `idempotency_key_conflict`: use a new one.
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
        /** @description The events of this response are kept no longer, `response_stream_expired`. Retrieve it without `stream`. */
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
         * @description `request_too_large`: the body has more bytes after decoding than the server takes (32 MiB unless configured), or more JSON
         *     values (100,000 unless configured; every object, list, string, number, boolean and null counts). The message says which.
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
        /** @description The body isn't JSON or is encoded in a way the server doesn't know, `unsupported_media_type`. */
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
         * @description `rate_limit_exceeded`: the key's owner has made more requests than its limit allows, and `Retry-After` says when the next one
         *     has a chance; or more is asked of this server at once than it can do or let wait, large bodies among them; or the agent itself
         *     is asked too often.
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
        /** @description The agent refused the request with a status of its own, which is passed on. */
        Refused: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description A fault of this server, `internal_error`. The cause is in its log under the request's id. */
        ServerError: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The agent couldn't be reached, failed, or broke off, `upstream_error`. */
        UpstreamFailed: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The server is stopping (`server_shutting_down`) or can't use its store (`store_unavailable`). */
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
        /** @description The agent didn't answer in time, `upstream_timeout`. */
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
         * @description The `id` of a response. Text that can't be an id is a `404`, like an unknown id.
         * @example resp_8f14e45fceea167a5a36dedd4bea2543
         */
        ResponseId: string;
        /**
         * @description The `id` of a conversation. Text that can't be an id is a `404`, like an unknown id.
         * @example conv_3b5d5c3712955042212316173ccf37be
         */
        ConversationId: string;
        /**
         * @description The `id` of an item.
         * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
         */
        ItemId: string;
        /**
         * @description The `id` of a stored chat completion. Text that can't be an id is a `404`, like an unknown id.
         * @example chatcmpl-6016479bfe57e6a60c32d70f45317b26
         */
        CompletionId: string;
        /**
         * @description The `id` after which the page starts; the `last_id` of the page before. An id that isn't in the list is a `400`.
         * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
         */
        After: string;
        /**
         * @description The most entries in the page.
         * @example 50
         */
        Limit: number;
        /**
         * @description Whether the oldest comes first (`asc`) or the newest (`desc`).
         * @example asc
         */
        ItemOrder: components["schemas"]["SortOrder"];
        /**
         * @description Whether the oldest comes first (`asc`) or the newest (`desc`).
         * @example desc
         */
        ChatOrder: components["schemas"]["SortOrder"];
        /**
         * @description Only completions of this model.
         * @example offline
         */
        ChatModelFilter: string;
        /**
         * @description Only completions whose `metadata` has these pairs, each written as `metadata[KEY]=VALUE`.
         * @example {
         *       "topic": "weather"
         *     }
         */
        ChatMetadataFilter: components["schemas"]["MetadataFilter"];
        /**
         * @description The `id` of a model. A slash in it is written `%2F`.
         * @example offline
         */
        ModelId: string;
        /**
         * @description Extra output to include, as in `createResponse`. A stored response already holds what it was created with.
         * @example [
         *       "reasoning.encrypted_content"
         *     ]
         */
        Include: components["schemas"]["IncludeOption"][];
        /**
         * @description Whether to send the response as events.
         * @example false
         */
        Stream: boolean;
        /**
         * @description With `stream`, the `sequence_number` of the last event that the client has.
         * @example 12
         */
        StartingAfter: number;
        /**
         * @description With `stream`, whether events carry padding. This server never pads.
         * @example false
         */
        IncludeObfuscation: boolean;
        /**
         * @description Names what is to be done once, in 1 to 255 visible ASCII characters; a new random one for each new request. Keys of
         *     different API keys' owners have nothing to do with each other.
         * @example 6f1a1d2c-5f0e-4a53-9c1e-0e4f8a6f2b7d
         */
        IdempotencyKey: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description Names this exchange in the server's log. Quote it when you report a problem.
         * @example req_0cc175b9c0f1b6a831c399e269772661
         */
        RequestId: string;
        /**
         * @description How many seconds to wait before trying again.
         * @example 2
         */
        RetryAfter: number;
        /**
         * @description Says `true` when an earlier request with the same `Idempotency-Key` is answered once more, also when it failed: an error
         *     without this header is this request's own.
         * @example true
         */
        IdempotencyReplayed: "true";
        /**
         * @description How many requests a minute the key's owner may make, and at once after a pause. This header and its two neighbours come with
         *     every answer, errors too, when the owner has such a limit; a turn on a WebSocket counts as a request.
         * @example 600
         */
        RateLimit: number;
        /**
         * @description How many more the owner could make at once.
         * @example 599
         */
        RateRemaining: number;
        /**
         * @description How long until `X-RateLimit-Remaining-Requests` is at the limit again, if nothing is asked meanwhile.
         * @example 1m0s
         */
        RateReset: string;
        /**
         * @description Says `estimate` when the agent gave no token counts and those in `usage` are this server's own. Not sent with streams, whose
         *     headers go out before anything is counted.
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
                 * @description Names what is to be done once, in 1 to 255 visible ASCII characters; a new random one for each new request. Keys of
                 *     different API keys' owners have nothing to do with each other.
                 * @example 6f1a1d2c-5f0e-4a53-9c1e-0e4f8a6f2b7d
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
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
             * @description The finished response (with `background`, the one just queued), or, when `stream` is true, the events that lead to it;
             *     the schema is that of the JSON in one `data:` line.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    "X-Talaria-Usage": components["headers"]["UsageSource"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Response"];
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
            "4XX": components["responses"]["Refused"];
        };
    };
    listChatCompletions: {
        parameters: {
            query?: {
                /**
                 * @description Only completions of this model.
                 * @example offline
                 */
                model?: components["parameters"]["ChatModelFilter"];
                /**
                 * @description Only completions whose `metadata` has these pairs, each written as `metadata[KEY]=VALUE`.
                 * @example {
                 *       "topic": "weather"
                 *     }
                 */
                metadata?: components["parameters"]["ChatMetadataFilter"];
                /**
                 * @description The `id` after which the page starts; the `last_id` of the page before. An id that isn't in the list is a `400`.
                 * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
                 */
                after?: components["parameters"]["After"];
                /**
                 * @description The most entries in the page.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Whether the oldest comes first (`asc`) or the newest (`desc`).
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
            /** @description A page of the list. */
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
                 * @description Names what is to be done once, in 1 to 255 visible ASCII characters; a new random one for each new request. Keys of
                 *     different API keys' owners have nothing to do with each other.
                 * @example 6f1a1d2c-5f0e-4a53-9c1e-0e4f8a6f2b7d
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
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
            /** @description The whole completion, or, when `stream` is true, its chunks; the schema is that of the JSON in one `data:` line. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    "X-Talaria-Usage": components["headers"]["UsageSource"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
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
            "4XX": components["responses"]["Refused"];
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
            /** @description The count. */
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
            /** @description What to pass on in place of the history. */
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
    getResponse: {
        parameters: {
            query?: {
                /**
                 * @description Extra output to include, as in `createResponse`. A stored response already holds what it was created with.
                 * @example [
                 *       "reasoning.encrypted_content"
                 *     ]
                 */
                include?: components["parameters"]["Include"];
                /**
                 * @description Whether to send the response as events.
                 * @example false
                 */
                stream?: components["parameters"]["Stream"];
                /**
                 * @description With `stream`, the `sequence_number` of the last event that the client has.
                 * @example 12
                 */
                starting_after?: components["parameters"]["StartingAfter"];
                /**
                 * @description With `stream`, whether events carry padding. This server never pads.
                 * @example false
                 */
                include_obfuscation?: components["parameters"]["IncludeObfuscation"];
            };
            header?: never;
            path: {
                /**
                 * @description The `id` of a response. Text that can't be an id is a `404`, like an unknown id.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stored response, or, when `stream` is true, its events; the schema is that of the JSON in one `data:` line. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "X-RateLimit-Limit-Requests": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining-Requests": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset-Requests": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Response"];
                    "text/event-stream": components["schemas"]["ResponseStreamEvent"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            410: components["responses"]["StreamExpired"];
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
                 * @description The `id` of a response. Text that can't be an id is a `404`, like an unknown id.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The response is gone. */
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
    listInputItems: {
        parameters: {
            query?: {
                /**
                 * @description The `id` after which the page starts; the `last_id` of the page before. An id that isn't in the list is a `400`.
                 * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
                 */
                after?: components["parameters"]["After"];
                /**
                 * @description The most entries in the page.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Whether the oldest comes first (`asc`) or the newest (`desc`).
                 * @example asc
                 */
                order?: components["parameters"]["ItemOrder"];
                /**
                 * @description Extra output to include, as in `createResponse`. A stored response already holds what it was created with.
                 * @example [
                 *       "reasoning.encrypted_content"
                 *     ]
                 */
                include?: components["parameters"]["Include"];
            };
            header?: never;
            path: {
                /**
                 * @description The `id` of a response. Text that can't be an id is a `404`, like an unknown id.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
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
    cancelResponse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `id` of a response. Text that can't be an id is a `404`, like an unknown id.
                 * @example resp_8f14e45fceea167a5a36dedd4bea2543
                 */
                response_id: components["parameters"]["ResponseId"];
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
                    "application/json": components["schemas"]["Response"];
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
                 * @description The `id` of a conversation. Text that can't be an id is a `404`, like an unknown id.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationId"];
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
                 * @description The `id` of a conversation. Text that can't be an id is a `404`, like an unknown id.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateConversationRequest"];
            };
        };
        responses: {
            /** @description The conversation as it is now. */
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
                 * @description The `id` of a conversation. Text that can't be an id is a `404`, like an unknown id.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation is gone. */
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
                 * @description The `id` after which the page starts; the `last_id` of the page before. An id that isn't in the list is a `400`.
                 * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
                 */
                after?: components["parameters"]["After"];
                /**
                 * @description The most entries in the page.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Whether the oldest comes first (`asc`) or the newest (`desc`).
                 * @example asc
                 */
                order?: components["parameters"]["ItemOrder"];
                /**
                 * @description Extra output to include, as in `createResponse`. A stored response already holds what it was created with.
                 * @example [
                 *       "reasoning.encrypted_content"
                 *     ]
                 */
                include?: components["parameters"]["Include"];
            };
            header?: never;
            path: {
                /**
                 * @description The `id` of a conversation. Text that can't be an id is a `404`, like an unknown id.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
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
                 * @description Extra output to include, as in `createResponse`. A stored response already holds what it was created with.
                 * @example [
                 *       "reasoning.encrypted_content"
                 *     ]
                 */
                include?: components["parameters"]["Include"];
            };
            header?: never;
            path: {
                /**
                 * @description The `id` of a conversation. Text that can't be an id is a `404`, like an unknown id.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateConversationItemsRequest"];
            };
        };
        responses: {
            /** @description The items that were added. */
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
                 * @description Extra output to include, as in `createResponse`. A stored response already holds what it was created with.
                 * @example [
                 *       "reasoning.encrypted_content"
                 *     ]
                 */
                include?: components["parameters"]["Include"];
            };
            header?: never;
            path: {
                /**
                 * @description The `id` of a conversation. Text that can't be an id is a `404`, like an unknown id.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationId"];
                /**
                 * @description The `id` of an item.
                 * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
                 */
                item_id: components["parameters"]["ItemId"];
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
                 * @description The `id` of a conversation. Text that can't be an id is a `404`, like an unknown id.
                 * @example conv_3b5d5c3712955042212316173ccf37be
                 */
                conversation_id: components["parameters"]["ConversationId"];
                /**
                 * @description The `id` of an item.
                 * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
                 */
                item_id: components["parameters"]["ItemId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation that it was removed from. */
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
    getChatCompletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `id` of a stored chat completion. Text that can't be an id is a `404`, like an unknown id.
                 * @example chatcmpl-6016479bfe57e6a60c32d70f45317b26
                 */
                completion_id: components["parameters"]["CompletionId"];
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
                 * @description The `id` of a stored chat completion. Text that can't be an id is a `404`, like an unknown id.
                 * @example chatcmpl-6016479bfe57e6a60c32d70f45317b26
                 */
                completion_id: components["parameters"]["CompletionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateChatCompletionRequest"];
            };
        };
        responses: {
            /** @description The completion as it is now. */
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
                 * @description The `id` of a stored chat completion. Text that can't be an id is a `404`, like an unknown id.
                 * @example chatcmpl-6016479bfe57e6a60c32d70f45317b26
                 */
                completion_id: components["parameters"]["CompletionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The completion is gone. */
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
                 * @description The `id` after which the page starts; the `last_id` of the page before. An id that isn't in the list is a `400`.
                 * @example msg_fe37ea978ef1eb89eb4b54da029e1d35
                 */
                after?: components["parameters"]["After"];
                /**
                 * @description The most entries in the page.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Whether the oldest comes first (`asc`) or the newest (`desc`).
                 * @example desc
                 */
                order?: components["parameters"]["ChatOrder"];
            };
            header?: never;
            path: {
                /**
                 * @description The `id` of a stored chat completion. Text that can't be an id is a `404`, like an unknown id.
                 * @example chatcmpl-6016479bfe57e6a60c32d70f45317b26
                 */
                completion_id: components["parameters"]["CompletionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
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
            /** @description Every model on offer. */
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
                 * @description The `id` of a model. A slash in it is written `%2F`.
                 * @example offline
                 */
                model: components["parameters"]["ModelId"];
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
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process runs. */
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
                     *       "version": "0.1.0"
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
            /** @description Store and agent both answer. */
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
             * @description At least one of them doesn't, or the server is about to stop: then the body is an error with the code
             *     `server_shutting_down`, while requests are still served for a moment.
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
}
