/** What still goes on in the process, and what a card has added to it. */

/** How often each thing goes on. */
export type GoingOn = ReadonlyMap<string, number>;

/** Things of Node that hold a process, and how a message calls them. */
const CALLED: Readonly<Record<string, string>> = {
  Timeout: 'a timer',
  Immediate: 'something for the next turn of the event loop',
  TCPSocketWrap: 'a connection',
  TCPServerWrap: 'a server',
  UDPWrap: 'a socket for datagrams',
  ProcessWrap: 'a process',
  Worker: 'a worker',
  MessagePort: 'a channel',
  FSEventWrap: 'a watch over files',
  StatWatcher: 'a watch over a file',
};

/** Whatever holds the process now, and who listens to its ends. */
export function runningNow(): GoingOn {
  const running = new Map<string, number>();
  for (const name of process.getActiveResourcesInfo()) {
    const called = CALLED[name];
    if (called !== undefined) running.set(called, (running.get(called) ?? 0) + 1);
  }
  for (const name of process.eventNames()) {
    running.set(`a listener to "${String(name)}" of the process`, process.listenerCount(name));
  }
  return running;
}

/** Turns for what is about to end: the engine itself gives others theirs by timers that are due at once. */
const TURNS = 100;

/** What goes on and did not before, after it had time to end. */
export async function leftBehind(before: GoingOn): Promise<readonly string[]> {
  let left = addedTo(before);
  for (let turn = 0; turn < TURNS && left.length > 0; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    left = addedTo(before);
  }
  return left;
}

function addedTo(before: GoingOn): readonly string[] {
  return [...runningNow()].filter(([name, count]) => count > (before.get(name) ?? 0)).map(([name]) => name);
}
