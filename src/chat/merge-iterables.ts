/** What one step of a source came to. */
type Step<Value> =
  | { iterator: AsyncIterator<Value>; result: IteratorResult<Value> }
  | { iterator: AsyncIterator<Value>; reason: unknown };

/**
 * What several sources yield, as it comes. Throws what the first failing one throws. A source is asked for its next
 * value only when its last one was taken, so a slow reader holds all of them back. However it ends, `stop` is called,
 * and every source told to return: `stop` must make a pending read of theirs end.
 */
export async function* mergeIterables<Value>(
  sources: readonly AsyncIterable<Value>[],
  stop: () => void,
): AsyncGenerator<Value> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  const ready: Step<Value>[] = [];
  let arrival = Promise.withResolvers<void>();
  const advance = async (iterator: AsyncIterator<Value>) => {
    // A failure waits here until it is read: nobody may be awaiting it now.
    ready.push(
      await iterator.next().then(
        (result) => ({ iterator, result }),
        (reason: unknown) => ({ iterator, reason }),
      ),
    );
    arrival.resolve();
  };
  try {
    const pending = new Set(iterators);
    for (const iterator of iterators) void advance(iterator);
    while (pending.size > 0) {
      if (ready.length === 0) await arrival.promise;
      arrival = Promise.withResolvers();
      for (const step of ready.splice(0)) {
        if ('reason' in step) throw step.reason;
        if (step.result.done) pending.delete(step.iterator);
        else {
          yield step.result.value;
          void advance(step.iterator);
        }
      }
    }
  } finally {
    stop();
    await Promise.allSettled(iterators.map((iterator) => iterator.return?.()));
  }
}
