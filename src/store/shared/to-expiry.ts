/** Returns the `expiresAt` property, omitted when there is none. */
export const toExpiry = (expiresAt: number | null | undefined): { expiresAt?: number } =>
  typeof expiresAt === 'number' ? { expiresAt } : {};
