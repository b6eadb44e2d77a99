import { waitUntil } from './wait-until.ts';

/** Looks, some 10 ms apart, at which a counter must say the same. */
const looks = 20;

/** The value of a counter that has begun to count and then stood still for a while: no event says what does not happen. */
export async function untilStill(count: () => number): Promise<number> {
  let last = 0;
  let same = 0;
  await waitUntil(() => {
    const now = count();
    same = now > 0 && now === last ? same + 1 : 0;
    last = now;
    return same >= looks;
  }, 'for a counter to stand still');
  return last;
}
