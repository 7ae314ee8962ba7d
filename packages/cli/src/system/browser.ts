/** Opens the browser of whoever sits before the machine. */
import type { Io } from './io.js';

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  // `start` would take the first quoted text for a title, and & for its own.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** The variable BROWSER comes first. That it cannot be opened is no error: the address has been printed. */
export function openBrowser(url: string, env: Io['env']): void {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const named = env['BROWSER'];
  const [program, ...args] = named ? [named] : (OPENERS[process.platform] ?? ['xdg-open']);
  // Without a shell: the address comes from a connector.
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
