import type { ResponseRequest, ResponsesDeps } from '../responses-deps.ts';

/** Throws `insufficient_quota` when storing the response or its conversation turn would exceed the tenant's quota. */
export async function admitResponse(
  request: ResponseRequest,
  { admitStorage }: Pick<ResponsesDeps, 'admitStorage'>,
  tenant: string,
): Promise<void> {
  if ((request.store ?? true) || request.conversation) await admitStorage(tenant, request);
}
