import { checkedFetch } from '../helpers/contract-check.ts';

export interface RecordedRequest {
  method: string;
  /** The path with its query. */
  path: string;
  /** The parsed body; `undefined` when there is none. */
  body: ReturnType<typeof JSON.parse>;
}

export interface RecordedFetch {
  /** Records a client's requests. Replies are checked against the contract. */
  fetch: typeof fetch;
  requests: RecordedRequest[];
  /** The last request that matched the method. */
  last(method?: string): RecordedRequest;
}

export function recordFetch(): RecordedFetch {
  const requests: RecordedRequest[] = [];
  return {
    requests,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const text = await request.clone().text();
      const { pathname, search } = new URL(request.url);
      requests.push({ method: request.method, path: pathname + search, body: text ? JSON.parse(text) : undefined });
      return checkedFetch(request);
    },
    last(method = 'POST') {
      const found = requests.findLast((request) => request.method === method);
      if (!found) throw new Error(`No ${method} request was recorded.`);
      return found;
    },
  };
}
