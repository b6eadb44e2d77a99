import type { RequestEnd } from '../../http/watch-requests.ts';
import type { Metric } from './metric.ts';
import { Counter, Histogram } from './series.ts';

/** Counts and times requests. Returns the function that receives the end of each. */
export function createHttpMetrics(list: Metric[]): (end: RequestEnd) => void {
  const requests = new Counter({
    name: 'talaria_http_requests_total',
    help: 'Requests, by operation and class of status: 2xx, 4xx, …, or none if the client left before the reply.',
    labelNames: ['operation', 'status'],
    list,
  });
  const duration = new Histogram({
    name: 'talaria_http_request_duration_seconds',
    help: 'Duration of a request, streams included.',
    labelNames: ['operation'],
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300],
    list,
  });
  return ({ operationId: operation = 'none', status, milliseconds }) => {
    requests.inc({ operation, status: toClass(status) });
    duration.observe({ operation }, milliseconds / 1000);
  };
}

const toClass = (status: number | undefined): string =>
  status === undefined ? 'none' : `${Math.floor(status / 100)}xx`;
