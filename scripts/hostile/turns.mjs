// The turns of the event loop, in processor time.

/** Processor time of this process in milliseconds: other work on the machine is not in it. */
export function processorMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Watches them: the longest that others had to wait. */
export function watchTurns() {
  let last = processorMs();
  let longest = 0;
  const look = () => {
    const now = processorMs();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(look, 1);
  return {
    end() {
      clearInterval(timer);
      look();
      return longest;
    },
  };
}
