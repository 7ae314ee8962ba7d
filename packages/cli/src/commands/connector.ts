/** `flowdeck connector`: makes, tries, asks, tests, packs and deploys connectors. */
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { deployConnector, listConnectors } from '../connectors/deploy.js';
import { newConnector } from '../connectors/new.js';
import { fieldOptions } from '../connectors/options.js';
import { packConnector } from '../connectors/pack.js';
import { testConnector } from '../connectors/test.js';
import { EXIT } from '../exit.js';
import type { Io } from '../system/io.js';
import { actionOf, type CommandAction } from './actions.js';
import { run } from './run.js';
import { TEST_SPEC } from './table-test.js';

/** How one action is run, and asked. */
const RUN_OPTIONS = ['input', 'inputs', 'connection', 'store', 'key-file', 'allow-host', 'timeout'];

const CONNECTOR_ACTIONS: Readonly<Record<string, CommandAction>> = {
  new: { takes: ['NAME'], options: ['from'], act: ([path = ''], args, io) => newConnector(path, args, io) },
  run: {
    takes: ['DIR', 'ACTION'],
    options: RUN_OPTIONS,
    act: ([path = '', flow = ''], args, io) => runAction(path, flow, args, io),
  },
  options: {
    takes: ['DIR', 'ACTION', 'FIELD'],
    options: [...RUN_OPTIONS, 'search'],
    act: ([from = '', flow = '', field = ''], args, io) => fieldOptions([from, flow, field], args, io),
  },
  test: {
    takes: ['DIR'],
    options: TEST_SPEC.options.map(({ name }) => name),
    act: ([path = ''], args, io) => testConnector(path, args, io),
  },
  pack: { takes: ['DIR'], options: ['output'], act: ([path = ''], args, io) => packConnector(path, args, io) },
  deploy: {
    takes: ['DIR'],
    options: ['as', 'version', 'breaking', 'connectors'],
    act: ([path = ''], args, io) => deployConnector(path, args, io),
  },
  list: { takes: [], options: ['connectors'], act: (_, args, io) => listConnectors(args, io) },
};

export const connector: Command = (args, io) => {
  const { action, operands } = actionOf('connector', CONNECTOR_ACTIONS, args);
  return action.act(operands, args, io);
};

/** One action is one flow of the directory: what `flowdeck run` does with it. */
async function runAction(path: string, flow: string, args: Arguments, io: Io): Promise<number> {
  const exit = await run(args.with([path], { flow }), io);
  // Without one, what a flow reads of it is empty, and the error is that of whatever comes of this.
  if (exit === EXIT.failed && !args.has('connection') && !args.has('store') && !args.has('json'))
    io.stderr.write('note: it ran without a connection; --connection NAME=FILE or --store DIR gives one\n');
  return exit;
}
