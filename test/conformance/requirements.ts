/**
 * The statements of Open Responses (2026-04-24) that bind a server, by number: N for those with a BCP 14 key word, in
 * the order of the text, L for other binding ones. Each is verified by the tests whose titles name its number, or has
 * a reason why there is none. Statements that bind clients, or those who define extensions, are not here.
 */
export interface Requirement {
  id: `${'N' | 'L'}${number}`;
  /** A short form of the requirement. */
  asks: string;
  /** Why no test names it. */
  unverified?: string;
}

const noHosted = 'This server hosts no tools: the items of hosted tools are only kept and given back.';

export const requirements: readonly Requirement[] = [
  { id: 'N1', asks: 'everything is HTTP' },
  { id: 'N3', asks: 'plain replies are JSON' },
  { id: 'N4', asks: 'streams are text/event-stream with JSON in their data' },
  { id: 'N5', asks: 'a stream ends with [DONE]' },
  { id: 'N6', asks: 'the event field is the type of the event' },
  { id: 'N7', asks: 'no id fields' },
  { id: 'N8', asks: 'WebSocket at the same path' },
  { id: 'N11', asks: 'a frame of type response.create starts a response' },
  { id: 'N12', asks: 'WebSocket events are those of HTTP' },
  { id: 'N13', asks: 'one response at a time on a connection' },
  { id: 'N14', asks: 'further frames are answered in order' },
  { id: 'N15', asks: 'no multiplexing' },
  { id: 'N17', asks: 'the connection remembers its latest response' },
  { id: 'N18', asks: 'stored responses may be continued' },
  { id: 'N19', asks: 'what is not known is previous_response_not_found' },
  { id: 'N20', asks: 'a failed continuation evicts what it continued' },
  { id: 'N21', asks: 'what was evicted stays unknown' },
  { id: 'N23', asks: 'the limit of a connection has its own code' },
  { id: 'N25', asks: 'WebSocket failures are envelopes with status and code' },
  { id: 'N27', asks: 'an incomplete item is the last, in an incomplete response' },
  { id: 'N28', asks: 'an item begins with output_item.added' },
  { id: 'N29', asks: 'fields that are not nullable have a value' },
  { id: 'N30', asks: 'streamed content has a content part' },
  { id: 'N31', asks: 'a part begins with content_part.added, then deltas' },
  { id: 'N32', asks: 'deltas end with done' },
  { id: 'N33', asks: 'a message may have several parts, each in the same pattern' },
  { id: 'N34', asks: 'items of our own would have our prefix' },
  { id: 'N35', asks: 'raw reasoning may be shown in content' },
  { id: 'N36', asks: 'reasoning may be sealed in encrypted_content' },
  { id: 'N37', asks: 'reasoning may be sent as a summary' },
  { id: 'N38', asks: 'every event is about a state or about a delta' },
  { id: 'N39', asks: 'a continuation loads input and output of what it continues' },
  { id: 'N40', asks: 'history keeps its order, also when it is cut' },
  { id: 'N41', asks: 'required: at least one call' },
  { id: 'N42', asks: 'none: no call' },
  { id: 'N43', asks: 'allowed_tools restricts the calls' },
  { id: 'N44', asks: 'allowed_tools is a hard constraint' },
  { id: 'N45', asks: 'calls of others are suppressed' },
  { id: 'N46', asks: 'hints never weaken that' },
  { id: 'N47', asks: 'auto may cut what is old' },
  { id: 'N48', asks: 'auto keeps what the system said, and the latest' },
  { id: 'N49', asks: 'disabled cuts nothing' },
  { id: 'N50', asks: 'disabled fails when the window is too small' },
  { id: 'N51', asks: 'tiers of service may be offered' },
  { id: 'N52', asks: 'tiers of service are documented' },
  { id: 'N57', asks: 'every item has id, type and status' },
  { id: 'N58', asks: 'ids of items are unique' },
  { id: 'L1', asks: 'a failure in a stream is followed by response.failed' },
  { id: 'L2', asks: 'errors have type, code, param and message' },
  { id: 'L3', asks: 'a named function is called' },
  { id: 'L4', asks: 'hosted tools have items', unverified: noHosted },
  { id: 'L5', asks: 'a completed item does not change' },
  { id: 'L6', asks: 'items are in progress, incomplete or completed' },
  { id: 'L7', asks: 'what is streamed is added, grows and is done' },
  { id: 'L8', asks: 'types of errors go with statuses' },
  { id: 'L9', asks: 'users say text and pictures' },
  { id: 'L10', asks: 'events report the state of a response' },
  { id: 'L11', asks: 'replies have a content type' },
  { id: 'L12', asks: 'added items have their role or name, and zero values' },
  { id: 'L13', asks: 'what the specification has is all here' },
  { id: 'L14', asks: 'parts and items are closed with done' },
  { id: 'L15', asks: 'a WebSocket lives for 60 minutes' },
  { id: 'L16', asks: 'what came out can go in' },
  { id: 'L17', asks: 'numbers and lifecycles mean the same on WebSocket' },
  { id: 'L18', asks: 'fields of reasoning may be empty' },
];
