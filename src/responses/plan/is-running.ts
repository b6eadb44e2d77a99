/** Whether a response has not ended. */
export const isRunning = ({ status }: { status: unknown }): boolean => status === 'queued' || status === 'in_progress';
