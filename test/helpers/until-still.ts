import { waitUntil } from './wait-until.ts';

/** Consecutive polls, about 10 ms apart, with an unchanged counter. */
const polls = 20;

/** Resolves with the value of a counter that has started and then stayed unchanged for about 200 ms. */
export async function untilStill(count: () => number): Promise<number> {
  let last = 0;
  let same = 0;
  await waitUntil(() => {
    const now = count();
    same = now > 0 && now === last ? same + 1 : 0;
    last = now;
    return same >= polls;
  }, 'a stable counter');
  return last;
}
