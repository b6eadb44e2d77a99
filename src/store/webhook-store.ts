/** A webhook for one endpoint. */
export interface NewWebhook {
  /** Unique. */
  id: string;
  /** The name of the endpoint. */
  endpoint: string;
  /** The JSON to send. */
  body: string;
  /** Unix milliseconds. */
  dueAt: number;
  /** Unix seconds: `reap` removes it from this time on. */
  expiresAt: number;
}

/** A webhook that this server sends now. */
export interface TakenWebhook extends Pick<NewWebhook, 'id' | 'body' | 'expiresAt'> {
  /** How often it was taken, this time included. */
  attempts: number;
}

export interface TakeRequest {
  endpoint: string;
  /** Unix milliseconds. */
  now: number;
  /** Unix milliseconds: the webhooks are due again then, unless they are settled before, as when this server dies. */
  retryAt: number;
  /** At least 1. */
  limit: number;
}

/**
 * Stores webhooks until they are received. They are added with the event that they announce: see `RunStore.end` and
 * `ApprovalStore.ask`. Calls may be concurrent, also through several handles on one database.
 */
export interface WebhookStore {
  /** Takes due webhooks of an endpoint, oldest first. Of concurrent calls, one gets a webhook. */
  take(request: TakeRequest): Promise<TakenWebhook[]>;

  /** Makes a webhook due at another time. Does nothing when it was taken again meanwhile. */
  postpone(webhook: Pick<TakenWebhook, 'id' | 'attempts'>, dueAt: number): Promise<void>;

  /** Removes a webhook. */
  remove(id: string): Promise<void>;

  /** Calls `onAdded` after webhooks were added through this handle. After disposal there are no calls. */
  watch(onAdded: () => void): Disposable;
}
