import { useEffect, useState } from 'preact/hooks';
import { serverNow } from './server-time.ts';

/** Returns the server's time in Unix seconds. Renders the component again at each interval. */
export function useNow(intervalMs = 1000): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return serverNow();
}
