/** `flowdeck fake` among the commands. */
import type { CommandSpec } from '../spec.js';
import { HELP, JSON_OUTPUT, TRACE } from './common.js';

export const FAKE_SPEC: CommandSpec = {
  name: 'fake',
  summary: 'Start a simulated service: twilio.',
  usage: 'flowdeck fake twilio [options]',
  operands: { least: 1, most: 1, name: '"twilio"' },
  text: [
    'Starts a simulated Twilio on 127.0.0.1, with all its products on one port, and serves until Ctrl-C. It keeps everything in memory and sends nothing anywhere, but to webhooks on this machine. Messages and calls move on by themselves.',
    'Standard output holds a connection file for it, ready to be saved; what else is to be known is told on standard error. With --json it holds one object: {ok, url, accountSid, authToken, keySid, keySecret, numbers, connection}.',
    'A test in another process reads and does more under /_fake/ of its address: the code that Verify sent, messages from people, faults.',
    'Exit codes: 0 stopped by Ctrl-C; 2 wrong usage, or a port that is taken.',
  ],
  options: [
    { name: 'port', value: 'N', text: 'The port. Default: any free one.' },
    {
      name: 'webhooks',
      value: 'URL',
      text: 'Where inbound messages and status steps are told, signed: an http URL on this machine.',
    },
    { name: 'log', value: 'FILE', text: 'Write every request and webhook to this file, one JSON object a line.' },
    { name: 'seed', value: 'TEXT', text: 'SIDs depend on this. Default: flowdeck.' },
    { name: 'step', value: 'S', text: 'Seconds between two steps of messages and calls. Default: 0.5.' },
    { name: 'claims', text: 'List the operations that the service has, and end.' },
    JSON_OUTPUT,
    TRACE,
    HELP,
  ],
  examples: [
    ['flowdeck fake twilio --port 4010 > twilio.connection.json', 'serve, and save the connection'],
    ['flowdeck fake twilio --webhooks http://127.0.0.1:3000/sms', 'tell an application what comes in'],
    ['flowdeck fake twilio --claims', 'what it can do'],
  ],
  failure: { ok: false },
};
