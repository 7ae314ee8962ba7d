/** Where runs are that outlive this command: a host, or what an option names. */
import type { Arguments } from '../arguments.js';
import type { Io } from '../system/io.js';
import { hostRuns } from './host-runs.js';
import { runtimeRuns } from './runtime-runs.js';
import type { RunSource } from './types.js';

interface SourceKind {
  /** The option that names such a source. */
  readonly option: string;
  open(args: Arguments, io: Io): RunSource | Promise<RunSource>;
}

/** The first is asked when none is named. */
const SOURCES: readonly [SourceKind, ...SourceKind[]] = [
  { option: 'url', open: hostRuns },
  { option: 'runtime', open: runtimeRuns },
];

export async function openRuns(args: Arguments, io: Io): Promise<RunSource> {
  const kind = SOURCES.find(({ option }) => args.has(option)) ?? SOURCES[0];
  return kind.open(args, io);
}
