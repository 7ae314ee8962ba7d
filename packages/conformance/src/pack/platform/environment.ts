/** The variables of the environment: a pure card reads none, and no card changes one. */
import { isPlatformsOwn } from './callers.js';
import { replace } from './stand-in.js';

/** One use of the environment. */
interface Use {
  readonly barred: 'all' | 'pure';
  readonly told: string;
  readonly remedy: string;
}

/** Set once for a whole program, and read by libraries for their warnings. */
const SETTLED = new Set(['NODE_ENV', 'NODE_DEBUG', 'DEBUG']);

/** Tells of each use, and gives what ends the watch. */
export function watchEnvironment(tell: (use: Use) => void): () => void {
  const read = (told: string) => {
    if (!isPlatformsOwn()) tell({ barred: 'pure', told, remedy: 'What a pure card depends on is an input of it.' });
  };
  const readOne = (name: string | symbol) => {
    if (typeof name === 'string' && !SETTLED.has(name)) read(`the environment variable ${name}`);
  };
  const write = (name: string | symbol) => {
    const told = `the environment variable ${String(name)}, which it changes,`;
    if (!isPlatformsOwn()) tell({ barred: 'all', told, remedy: 'All code of a host shares it.' });
  };
  const watched = new Proxy(process.env, {
    get: (env, name, receiver) => {
      readOne(name);
      return Reflect.get(env, name, receiver);
    },
    has: (env, name) => {
      readOne(name);
      return Reflect.has(env, name);
    },
    ownKeys: (env) => {
      read('the environment');
      return Reflect.ownKeys(env);
    },
    set: (env, name, value) => {
      write(name);
      return Reflect.set(env, name, value);
    },
    deleteProperty: (env, name) => {
      write(name);
      return Reflect.deleteProperty(env, name);
    },
  });
  return replace({ owner: process, name: 'env' }, watched);
}
