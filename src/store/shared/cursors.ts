/** A position in a list that is ordered by time, then by id. */
export interface TimePosition {
  createdAt: number;
  id: string;
}

const lastPosition: TimePosition = { createdAt: Number.MAX_SAFE_INTEGER, id: '' };

export const toTimeCursor = ({ createdAt, id }: TimePosition): string => `${createdAt}_${id}`;

/** Returns the position after all entries without a cursor, and `undefined` for a malformed one. */
export function fromTimeCursor(cursor: string | undefined): TimePosition | undefined {
  if (cursor === undefined) return lastPosition;
  const [, createdAt, id] = /^(\d{1,15})_([\w-]+)$/.exec(cursor) ?? [];
  return createdAt === undefined || id === undefined ? undefined : { createdAt: Number(createdAt), id };
}

/** Whether a position comes before another, in the order of time. */
export const isBefore = (one: TimePosition, other: TimePosition): boolean =>
  one.createdAt === other.createdAt ? one.id < other.id : one.createdAt < other.createdAt;

/** Like `fromTimeCursor`, for a list that is ordered by a number. */
export function fromNumberCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  return /^\d{1,15}$/.test(cursor) ? Number(cursor) : undefined;
}
