import type { ResponseRequest, ResponsesDeps } from '../responses-deps.ts';

/** Throws `insufficient_quota` when the tenant may not store what a response would: itself, or its turn of a conversation. */
export async function admitResponse(
  request: ResponseRequest,
  { admitStorage }: Pick<ResponsesDeps, 'admitStorage'>,
  tenant: string,
): Promise<void> {
  if ((request.store ?? true) || request.conversation) await admitStorage(tenant, request);
}
