// `npm start`: builds what the demo needs, then runs it. Everything stays on this machine.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
const turbo = resolve('node_modules/turbo/bin/turbo');
const build = spawnSync(
  process.execPath,
  [
    turbo,
    'run',
    'build',
    '--filter=@flowdeck/cli...',
    '--filter=@flowdeck/conformance...',
    '--output-logs=errors-only',
  ],
  {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  },
);
if (build.status !== 0) {
  process.stderr.write(build.stdout);
  process.stderr.write('The build failed; see above.\n');
  process.exit(1);
}
await import('./demo.mjs');
