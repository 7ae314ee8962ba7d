/** Takes what is written to the console meanwhile. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { LEAVE, replace, standBefore } from './stand-in.js';

export function watchConsole(): { readonly printed: string; end(): void } {
  const printed: string[] = [];
  const textOf = (text: unknown) => (typeof text === 'string' ? text : Buffer.from(text as Uint8Array).toString()); // what streams take
  const warned = (warning: Error) => void printed.push(String(warning.stack));
  process.on('warning', warned);
  const restored = [
    ...[process.stdout, process.stderr].map((owner) =>
      replace({ owner, name: 'write' }, (text: unknown) => {
        printed.push(textOf(text));
        return true;
      }),
    ),
    // Past the streams, to where they lead.
    standBefore(
      { owner: fs, name: 'writeSync' },
      {
        called: (_, [descriptor, text]) => {
          if (descriptor !== 1 && descriptor !== 2) return LEAVE;
          printed.push(textOf(text));
          return Buffer.byteLength(textOf(text));
        },
      },
    ),
  ];
  syncBuiltinESMExports();
  return {
    get printed() {
      return printed.join('');
    },
    end() {
      for (const restore of restored) restore();
      syncBuiltinESMExports();
      process.off('warning', warned);
    },
  };
}
