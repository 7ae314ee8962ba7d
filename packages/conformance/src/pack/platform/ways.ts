/** The ways past a host: each is a function of the platform that a card may not call. */
import processes from 'node:child_process';
import cluster from 'node:cluster';
import crypto from 'node:crypto';
import { Socket as UdpSocket } from 'node:dgram';
import dns from 'node:dns';
import names from 'node:dns/promises';
import fs from 'node:fs';
import { Server, Socket } from 'node:net';
import os from 'node:os';
import threads from 'node:worker_threads';
import type { Spot } from './stand-in.js';

/** A function of the platform, and what a call of it is told as. */
export interface Way extends Spot {
  /** Who may not go it: any card, or one that says it is pure. */
  readonly barred: 'all' | 'pure';
  /** How it fails: at once, by a promise, or as a socket does. */
  readonly fails: 'throwing' | 'rejecting' | 'destroyed';
  /** What a card does instead. */
  readonly remedy: string;
  told(args: readonly unknown[]): string;
}

type WayKind = Pick<Way, 'barred' | 'fails' | 'remedy'>;

const throughHost: WayKind = {
  barred: 'all',
  fails: 'throwing',
  remedy: 'Go through ctx.http, so that a host can decide what may be reached.',
};
const alone: WayKind = { barred: 'all', fails: 'throwing', remedy: 'A card does its work where it is run.' };
const noFiles: WayKind = {
  barred: 'all',
  fails: 'throwing',
  remedy: 'A card has the files of its host, in ctx.files, and data of its own as a module.',
};
const pure: WayKind = {
  barred: 'pure',
  fails: 'throwing',
  remedy: 'A card that is not pure is an "effect", and takes time and chance from its context.',
};

/** Those of the names that this version of the platform has. */
function ways(owner: object, list: readonly string[], kind: WayKind, told: Way['told']): readonly Way[] {
  return list.flatMap((name) =>
    typeof Reflect.get(owner, name) === 'function' ? [{ owner, name, ...kind, told }] : [],
  );
}

const functionsOf = (owner: object) =>
  Object.keys(owner).filter((name) => typeof Reflect.get(owner, name) === 'function');
const asking = (owner: object) =>
  Object.getOwnPropertyNames(owner).filter((name) => /^(?:lookup|resolve|reverse)/.test(name));

const FILE_FUNCTIONS = [
  ...[
    'access',
    'appendFile',
    'chmod',
    'chown',
    'copyFile',
    'cp',
    'exists',
    'glob',
    'lchmod',
    'lchown',
    'link',
    'lstat',
  ],
  ...['lutimes', 'mkdir', 'mkdtemp', 'open', 'opendir', 'readFile', 'readdir', 'readlink', 'realpath', 'rename', 'rm'],
  ...['rmdir', 'stat', 'statfs', 'symlink', 'truncate', 'unlink', 'utimes', 'watch', 'writeFile'],
];
const STREAMS = ['createReadStream', 'createWriteStream', 'openAsBlob', 'watchFile'];
const STARTING = ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'];
const CHANCE = ['randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID', 'getRandomValues'];
const MACHINE = ['memoryUsage', 'cpuUsage', 'resourceUsage', 'constrainedMemory', 'availableMemory'];

const nameOf = ([path]: readonly unknown[]) => `the file ${path instanceof URL ? path.pathname : String(path)}`;
const hostOf = ([host]: readonly unknown[]) => `DNS for ${String(host)}`;
const started = ([what]: readonly unknown[]) => `a process: ${String(what)}`;
const drawn = () => 'chance';

export const WAYS: readonly Way[] = [
  ...ways(
    globalThis,
    ['fetch'],
    { ...throughHost, fails: 'rejecting' },
    ([input]) => `fetch ${input instanceof Request ? input.url : String(input)}`,
  ),
  ...ways(globalThis, ['WebSocket', 'EventSource'], throughHost, ([url]) => `a socket to ${String(url)}`),
  ...ways(
    Socket.prototype,
    ['connect'],
    { ...throughHost, fails: 'destroyed' },
    (args) => `a socket to ${socketAddress(args)}`,
  ),
  ...ways(Server.prototype, ['listen'], throughHost, () => 'a server'),
  ...ways(UdpSocket.prototype, ['send', 'bind', 'connect'], throughHost, () => 'a datagram'),
  ...ways(dns, asking(dns), throughHost, hostOf),
  ...ways(names, asking(names), { ...throughHost, fails: 'rejecting' }, hostOf),
  ...[dns.Resolver, names.Resolver].flatMap(({ prototype }) =>
    [prototype, Object.getPrototypeOf(prototype)].flatMap((owner) => ways(owner, asking(owner), throughHost, hostOf)),
  ),
  ...ways(processes, STARTING, alone, started),
  ...ways(cluster, ['fork'], alone, () => 'a process of a cluster'),
  ...ways(threads, ['Worker'], alone, ([what]) => `a worker: ${String(what)}`),
  ...ways(process, ['chdir'], alone, ([path]) => `another working directory: ${String(path)}`),
  ...ways(fs, [...FILE_FUNCTIONS, ...FILE_FUNCTIONS.map((name) => `${name}Sync`), ...STREAMS], noFiles, nameOf),
  ...ways(fs.promises, FILE_FUNCTIONS, { ...noFiles, fails: 'rejecting' }, nameOf),
  ...ways(Math, ['random'], pure, drawn),
  ...ways(crypto, CHANCE, pure, drawn),
  ...ways(Object.getPrototypeOf(globalThis.crypto), ['randomUUID', 'getRandomValues'], pure, drawn),
  ...ways(os, functionsOf(os), pure, () => 'what it finds out about its machine'),
  ...ways(process, MACHINE, pure, () => 'what it finds out about its process'),
];

function socketAddress(args: readonly unknown[]): string {
  // Node hands on its options in a list of their own.
  const [first] = args.flat();
  if (typeof first !== 'object' || first === null) return args.join(' ');
  const { host, port, path } = first as Readonly<Record<string, unknown>>; // options of a connection
  return path === undefined || path === null ? `${String(host ?? 'this machine')}:${String(port)}` : String(path);
}
