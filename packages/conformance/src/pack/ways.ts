/** The ways past a host: each is a function of the platform that a card may not call. */
import processes from 'node:child_process';
import { Socket as UdpSocket } from 'node:dgram';
import dns from 'node:dns';
import names from 'node:dns/promises';
import { Socket } from 'node:net';

/** A function of the platform, and what a call of it is told as. */
export interface Way {
  readonly owner: object;
  readonly name: string;
  /** How it fails: at once, by a promise, or as a socket does. */
  readonly fails: 'throwing' | 'rejecting' | 'destroyed';
  told(args: readonly unknown[]): string;
}

const STARTING = ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'];
const ASKING = ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveTxt', 'reverse'];

export const WAYS: readonly Way[] = [
  {
    owner: globalThis,
    name: 'fetch',
    fails: 'rejecting',
    told: ([input]) => `fetch ${input instanceof Request ? input.url : String(input)}`,
  },
  {
    owner: Socket.prototype,
    name: 'connect',
    fails: 'destroyed',
    told: (args) => `a socket to ${socketAddress(args)}`,
  },
  { owner: UdpSocket.prototype, name: 'send', fails: 'throwing', told: () => 'a datagram' },
  ...STARTING.map(
    (name): Way => ({ owner: processes, name, fails: 'throwing', told: ([what]) => `a process: ${String(what)}` }),
  ),
  ...ASKING.flatMap((name): Way[] => [
    { owner: dns, name, fails: 'throwing', told: ([host]) => `DNS for ${String(host)}` },
    { owner: names, name, fails: 'rejecting', told: ([host]) => `DNS for ${String(host)}` },
  ]),
];

function socketAddress(args: readonly unknown[]): string {
  // Node hands on its options in a list of their own.
  const [first] = args.flat();
  if (typeof first !== 'object' || first === null) return args.join(' ');
  const { host, port, path } = first as Readonly<Record<string, unknown>>; // options of a connection
  return path === undefined || path === null ? `${String(host ?? 'this machine')}:${String(port)}` : String(path);
}
