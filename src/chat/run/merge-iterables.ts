/** The outcome of one read of a source. */
type Step<Value> =
  | { iterator: AsyncIterator<Value>; result: IteratorResult<Value> }
  | { iterator: AsyncIterator<Value>; reason: unknown };

/**
 * Yields the values of several sources as they arrive. Throws the first error of a source. A source is read again only when
 * its last value was taken: a slow reader causes backpressure on all of them. At the end, always, it calls `stop` and
 * returns every source. `stop` must end their pending reads.
 */
export async function* mergeIterables<Value>(
  sources: readonly AsyncIterable<Value>[],
  stop: () => void,
): AsyncGenerator<Value> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  const ready: Step<Value>[] = [];
  let arrival = Promise.withResolvers<void>();
  const advance = async (iterator: AsyncIterator<Value>) => {
    // A failure is kept until it is read: no reader may be awaiting it now.
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
