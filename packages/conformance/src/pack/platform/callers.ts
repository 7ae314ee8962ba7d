/** On whose behalf the platform is asked, as the stack tells. */

/** A module that is loaded late is read from a file, like any: what it does while it is loaded is no act of a card. */
export function isLoading(): boolean {
  return stackHere().some((line) => line.includes('node:internal/modules/') && !line.includes('at async '));
}

/** Node itself asks: it has been called for something else, such as `console.log`. */
export function isPlatformsOwn(): boolean {
  const [first = '', ...others] = stackHere().map(fileOf);
  // Bundled, what watches is one file.
  const caller = others.find((file) => file !== first && !file.includes('/pack/platform/'));
  return caller?.startsWith('node:') ?? false;
}

function stackHere(): readonly string[] {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Number.POSITIVE_INFINITY;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return stack.split('\n').slice(1);
}

/** Of a line such as `at read (file:///pack/index.js:7:12)`. */
function fileOf(line: string): string {
  return /(?:\(| )([^( ]+):\d+:\d+\)?$/.exec(line)?.[1] ?? '';
}
