/**
 * Joins a tenant and an id into a unique key. The length makes it unambiguous for tenants that contain spaces.
 */
export const toKey = (tenant: string, id: string): string => `${tenant.length} ${tenant} ${id}`;
