/** Packages that only some runtimes need: who wants one installs it. */
import { UsageError } from '../errors.js';

/** @throws UsageError `runtime-package` when one of the packages is not there. */
export async function withPeers<T>(packages: readonly string[], load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!isMissing(cause, packages)) throw cause;
    throw new UsageError('runtime-package', 'What this runtime needs is not installed beside the command.', {
      hint: `npm install ${packages.join(' ')}`,
      cause,
    });
  }
}

/** One of the packages, and not something that they themselves lack. */
function isMissing(error: unknown, packages: readonly string[]): boolean {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) return false;
  return packages.some((name) => error.message.includes(`'${name.replace(/(?<=.)@[^@]*$/, '')}'`));
}
