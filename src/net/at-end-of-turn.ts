let actions: (() => void)[] = [];

/**
 * Calls an action at the end of this turn of the event loop, after the callbacks of its I/O. The actions of one turn
 * follow each other: replies that became ready together are written together, and a peer that waits for several of them
 * wakes up once. An error of an action is uncaught, and the other actions are called all the same.
 */
export function atEndOfTurn(action: () => void): void {
  if (actions.push(action) === 1) setImmediate(callAll);
}

function callAll(): void {
  const due = actions;
  actions = [];
  for (const action of due) {
    try {
      action();
    } catch (error) {
      process.nextTick(() => {
        throw error;
      });
    }
  }
}
