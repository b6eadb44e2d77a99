const integers = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** The mark of a value that isn't known. */
export const nothing = '–';

/** Returns an integer with separators: `12,480`. */
export function formatCount(count: number | null | undefined): string {
  return count === null || count === undefined ? nothing : integers.format(count);
}

/** Returns a short form for narrow columns: `12.5K`. */
export function formatShortCount(count: number | null | undefined): string {
  return count === null || count === undefined ? nothing : compact.format(count);
}

/** Returns a duration in the largest unit that has two digits, or two units: `840 ms`, `12.4 s`, `3 min 20 s`, `2 d 4 h`. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return nothing;
  const rest = Math.max(0, seconds);
  if (rest < 0.9995) return `${Math.round(rest * 1000)} ms`;
  if (rest < 59.95) return `${rest.toFixed(1)} s`;
  return formatLong(Math.round(rest));
}

/** Returns an age in whole seconds or more: `12 s`, `3 min`, `2 h 5 min`. */
export function formatAge(seconds: number): string {
  const rest = Math.max(0, Math.floor(seconds));
  return rest < 60 ? `${rest} s` : formatLong(rest);
}

function formatLong(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return join(minutes, 'min', minutes < 10 ? seconds % 60 : 0, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return join(hours, 'h', minutes % 60, 'min');
  return join(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

const join = (large: number, unit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** Returns the time of day in the browser's zone: `14:05`. */
export const formatClock = (time: number): string => clock.format(time * 1000);

/** Returns the date and the time in the browser's zone. */
export const formatTime = (time: number): string => moment.format(time * 1000);

/** Returns a size in bytes: `64 KB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Shortens an ID to its kind and its end, since the IDs of one day begin alike: `resp_…2bea2543`. */
export function shortId(id: string): string {
  const start = id.search(/[_-]/) + 1;
  return id.length <= start + 10 ? id : `${id.slice(0, start)}…${id.slice(-8)}`;
}
