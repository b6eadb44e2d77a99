/** One text for a tenant and an id of its own. The length keeps a tenant that contains spaces apart from every other. */
export const toKey = (tenant: string, id: string): string => `${tenant.length} ${tenant} ${id}`;
