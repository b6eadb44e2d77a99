/** The `expiresAt` of what may not have one: then the property is not there at all. */
export const toExpiry = (expiresAt: number | null | undefined): { expiresAt?: number } =>
  typeof expiresAt === 'number' ? { expiresAt } : {};
