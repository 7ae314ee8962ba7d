/** Every code of the stores and the journal is provoked: by what its table speaks of. */
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { FlowdeckError, type TableDefinition, type Value } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { never, recordOf, segmentsIn, until, withDirectory } from '../test/support.js';
import { fileAnnex } from './annex/file-annex.js';
import { HOST_CODES, type HostCode } from './codes.js';
import { exclusively } from './connections/lock.js';
import { connectorSnapshots } from './connectors/snapshots.js';
import { type EventLogOptions, eventLog, eventsInMemory, openEventLog } from './events/open.js';
import type { NewEvent } from './events/types.js';
import { diskFiles } from './files/open.js';
import { fileJournal, openJournal } from './journal/open.js';
import { type Disk, nodeDisk } from './log/disk.js';
import { formatLine } from './log/line.js';
import { takeLock } from './log/lock.js';
import { newKeptPoll, pollToKept } from './polling/kept-poll.js';
import { polling } from './polling/testing/polled.js';
import { inputsOf } from './serve/api/inputs.js';
import { deckStore } from './serve/decks.js';
import { flowStoreInMemory, openFlowStore } from './serve/flow-store.js';
import { delegating, emitting } from './serve/testing/own-events.js';
import { served } from './serve/testing/served.js';
import { diskTables, openTables } from './tables/open.js';
import { HEARS, hearing } from './webhook/testing/service.js';

type Close = () => Promise<void>;
/** Does what must fail, or warn. What it opens it gives to `closing`. */
type Provoke = (dir: string, warn: (warning: { code: string }) => void, closing: (close: Close) => void) => unknown;

const TABLE: TableDefinition = { id: 't', name: 'T', columns: [{ key: 'name', type: 'text' }] };
const SUCCESS = { status: 'success', outputs: {}, error: null };
/** What no JSON holds, as a card written in JavaScript may give it. */
const ODD = { call: () => 1 } as unknown as Value;
const RUN = recordOf('r');

const HEARS_NOTHING = { card: 'control.comment' };

const rejecting = (message: string) => () => Promise.reject(new Error(message));
const noRemoval: Disk = { ...nodeDisk, remove: rejecting('EACCES: permission denied') };
const blockingFile = (dir: string): string => {
  const path = join(dir, 'file');
  writeFileSync(path, '');
  return path;
};
const laterFormat = (dir: string, file: string) =>
  writeFileSync(join(dir, file), formatLine(0, JSON.stringify({ k: 'head', format: 2 })));
/** Breaks the first line of the first segment. */
const damage = (dir: string) => {
  const file = join(dir, segmentsIn(dir)[0] ?? '');
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0, 0, 10));
};
const tear = (dir: string) => appendFileSync(join(dir, segmentsIn(dir)[0] ?? ''), '0123abcd 99 {"k":"st');

const tablesAt = async (dir: string, closing: (close: Close) => void, disk: Disk = nodeDisk) => {
  const tables = await openTables({ dir }, disk);
  closing(() => tables.close());
  await tables.define(TABLE);
  return tables;
};
/** A directory that a store has used. */
const usedTables = async (dir: string) => {
  const tables = await diskTables({ dir });
  await tables.define(TABLE);
  await tables.insert('t', [{ name: 'Ada' }]);
  await tables.close();
};

const filesAt = async (dir: string, closing: (close: Close) => void) => {
  const files = await diskFiles({ dir });
  closing(() => files.close());
  return files;
};
const oneFile = async (dir: string, closing: (close: Close) => void) => {
  const files = await filesAt(dir, closing);
  const { id } = await files.put({ name: 'a.txt' }, new Uint8Array([1]));
  return { files, id };
};

const journalAt = async (dir: string, closing: (close: Close) => void, disk: Disk = nodeDisk) => {
  const journal = await openJournal({ dir }, disk);
  closing(() => journal.shutdown());
  return journal;
};
/** A run in a journal, as the process that began it sees it. */
const runAt = async (dir: string, closing: (close: Close) => void, disk?: Disk) =>
  (await journalAt(dir, closing, disk)).open(RUN, never());
const usedJournal = async (dir: string) => {
  const journal = await fileJournal({ dir });
  const run = await journal.open(RUN, never());
  await run.step('r/a', async () => 1);
  await journal.shutdown();
};

/** A lock that this process holds already, as another one would. */
const heldLock = (dir: string) => {
  const place = join(dir, 'locks/acme');
  mkdirSync(place, { recursive: true });
  return takeLock(place, () => new FlowdeckError<HostCode>('connection-busy', 'Taken.'));
};

const flowsAt = async (dir: string, closing: (close: Close) => void, disk: Disk = nodeDisk) => {
  const flows = await openFlowStore({ dir }, disk);
  closing(() => flows.close());
  await flows.set('f', { on: true, token: null, since: 0 });
  return flows;
};
const usedFlows = async (dir: string) => {
  const flows = await openFlowStore({ dir }, nodeDisk);
  for (const since of [0, 1]) await flows.set('f', { on: true, token: null, since });
  await flows.close();
};

const EVENT: NewEvent = { flow: 'f', id: null, key: null, data: { n: 1 }, content: null };
const eventsAt = async (
  { disk = nodeDisk, ...options }: EventLogOptions & { readonly disk?: Disk },
  closing: (close: Close) => void,
) => {
  const events = await openEventLog(options, disk);
  closing(() => events.close());
  await events.accept([EVENT]);
  return events;
};
const usedEvents = async (dir: string) => {
  const events = await openEventLog({ dir }, nodeDisk);
  for (const _ of [0, 1]) await events.accept([EVENT]);
  await events.close();
};

const hearingAt = async (dir: string, warn: (warning: { code: string; message: string }) => void) => {
  const events = await eventLog({ dir });
  const warned: string[] = [];
  const onWarning = (warning: { code: string; message: string }) => {
    warned.push(warning.code);
    warn(warning);
  };
  const hosted = { ...hearing(undefined, { host: { events, onWarning } }), warned };
  await hosted.host.start();
  await hosted.host.turn('hears', true);
  await until(() => hosted.host.flow('hears')?.webhook?.phase === 'on');
  return { hosted, events };
};

const PROVOKED: Readonly<Record<HostCode, Provoke>> = {
  'connection-busy': async (dir, _warn, closing) => {
    const lock = heldLock(dir);
    closing(async () => lock.release());
    await exclusively(dir, 'acme', async () => null, 0);
  },

  'snapshot-missing': (dir) => connectorSnapshots(dir).read('acme', 1),
  'snapshot-store': (dir) => {
    writeFileSync(join(dir, 'file'), '');
    return connectorSnapshots(join(dir, 'file')).keys();
  },
  'snapshot-damaged': (dir) => {
    mkdirSync(join(dir, 'acme'));
    writeFileSync(join(dir, 'acme/1.json'), '{}');
    return connectorSnapshots(dir).read('acme', 1);
  },

  'flow-unknown': () => served().host.turn('nowhere', true),
  'flow-by-hand': () => served().host.turn('greet', true),
  'flow-delegated': async () => served().host.delegate('greet', { id: 'u1' }),
  'flow-off': async () => delegating().host.delegate('approve', { id: 'u1' }),
  'event-unknown': () => emitting().host.emit('order.plced'),
  'run-stranded': async (dir, warn) => {
    const journal = await fileJournal({ dir });
    await journal.open(recordOf('r'), never());
    await journal.shutdown();
    const lasting = { journal: await fileJournal({ dir }), decks: deckStore(join(dir, 'decks')) };
    const { host } = served({ lasting, onWarning: warn });
    await host.start();
    await host.stop();
  },
  'host-busy': async () => {
    const { host } = served({ maxRuns: 1 });
    host.run('wait', 'hand').ended.catch(() => {});
    await host.run('wait', 'hand').ended;
  },
  'host-stopping': async () => {
    const { host } = served();
    await host.stop();
    await host.run('greet', 'hand').ended;
  },
  'request-body': () => {
    const flow = served().host.flow('plain');
    if (flow === undefined) throw new Error('There is no flow "plain".');
    const [url, body] = [new URL('http://host.test/run/plain'), new TextEncoder().encode('{')];
    inputsOf(flow.info, { method: 'POST', url, headers: new Headers(), body });
  },
  'schedule-never': async () => {
    const ticks = { id: 'ticks', type: 'schedule', schedule: { cron: '0 6 30 2 *' }, cards: [HEARS_NOTHING] };
    await served({}, { flowdeck: 1, flows: [ticks] }).host.turn('ticks', true);
  },
  'schedule-failed': async (_dir, warn) => {
    const { host, clock } = served({ maxRuns: 1, onWarning: warn });
    host.start();
    host.run('wait', 'hand').ended.catch(() => {});
    await host.turn('hourly', true);
    await clock.advance(3_600_000);
  },

  'event-failed': async (dir, warn, closing) => {
    const { hosted, events } = await hearingAt(dir, warn);
    // The log is gone while the flow runs.
    hosted.service.meanwhileHeard = () => events.close();
    await hosted.deliver('e1', 'hello');
    closing(() => hosted.host.stop());
    await until(() => hosted.warned.includes('event-failed'));
  },
  'poll-failed': async (_dir, warn, closing) => {
    const { host, service } = polling({ host: { onWarning: warn } });
    service.answers.push(() => 'no list');
    await host.start();
    closing(() => host.stop());
    await host.turn('hears', true);
    await until(() => host.flow('hears')?.poll?.phase === 'failing');
  },
  'poll-anew': async (_dir, warn, closing) => {
    const events = eventsInMemory();
    const subject = { connector: 'lst', poll: 'added', connection: 'another', options: {} };
    const state = { cursor: null, cursorAt: null, seen: [], started: true, subject };
    await events.accept([], { state: { key: 'poll hears', value: pollToKept({ ...newKeptPoll(subject, 0), state }) } });
    const store = flowStoreInMemory();
    await store.set('hears', { on: true, token: null, since: 0 });
    const { host } = polling({ host: { events, store, onWarning: warn } });
    await host.start();
    closing(() => host.stop());
    await until(() => host.flow('hears')?.poll?.phase === 'waiting');
  },
  'webhook-failed': async (dir, warn, closing) => {
    const { hosted, events } = await hearingAt(dir, warn);
    hosted.service.meanwhile = () => events.close();
    await hosted.host.turn('hears', false);
    closing(() => hosted.host.stop());
    await until(() => hosted.warned.includes('webhook-failed'));
  },
  'webhook-left': async (dir, warn, closing) => {
    const { host, service } = (await hearingAt(dir, warn)).hosted;
    closing(() => host.stop());
    service.answers['deregister'] = [rejecting('The service is down.')];
    const former = service.latest;
    const event = { connector: 'svc', name: 'posted', options: { room: 'b' } };
    const deck = host.engine.load({
      flowdeck: 1,
      id: 'hears',
      type: 'event',
      event,
      inputs: [],
      cards: [HEARS_NOTHING],
    });
    await host.renew({ engine: host.engine, deck });
    await until(() => service.latest !== former);
  },

  'answer-late': async (_dir, warn, closing) => {
    const flows = [{ id: 'hears', cards: [{ card: 'flow.close', in: { body: 'once' } }, HEARS] }];
    const { host, service, send } = hearing({ answer: { by: 'event-flow' } }, { flows, host: { onWarning: warn } });
    await host.start();
    closing(() => host.stop());
    await host.turn('hears', true);
    await until(() => host.flow('hears')?.webhook?.phase === 'on');
    await send(service.latest.url, '{"text":"fail"}');
    await until(() => host.parked.list().length === 1);
    // Run again, it answers again, and nobody is there.
    await host.parked.replay(host.parked.list()[0]?.number ?? 0);
    await until(() => host.parked.list().length === 1);
  },
  'proof-unknown': () => hearing({ verify: [{ scheme: 'code', name: 'svc.lenght' }] }),
  'flows-option': () => openFlowStore({ dir: '' }, nodeDisk),
  'flows-open': (dir) => openFlowStore({ dir: blockingFile(dir) }, nodeDisk),
  'flows-locked': async (dir, _warn, closing) => {
    await flowsAt(dir, closing);
    await openFlowStore({ dir }, nodeDisk);
  },
  'flows-lost': async (dir, _warn, closing) => {
    const flows = await flowsAt(dir, closing);
    rmSync(join(dir, 'lock'));
    await flows.set('g', { on: true, token: null, since: 0 });
  },
  'flows-format': (dir) => {
    laterFormat(dir, 'flows-00000001.log');
    return openFlowStore({ dir }, nodeDisk);
  },
  'flows-corrupt': async (dir) => {
    await usedFlows(dir);
    damage(dir);
    await openFlowStore({ dir }, nodeDisk);
  },
  'flows-disk': async (dir, _warn, closing) => {
    let broken = false;
    const sync = (fd: number) => (broken ? rejecting('EIO: i/o error')() : nodeDisk.sync(fd));
    const flows = await flowsAt(dir, closing, { ...nodeDisk, sync });
    broken = true;
    await flows.set('g', { on: true, token: null, since: 0 });
  },
  'flows-closed': async (dir) => {
    const flows = await openFlowStore({ dir }, nodeDisk);
    await flows.close();
    await flows.set('g', { on: true, token: null, since: 0 });
  },
  'flows-torn': async (dir, warn, closing) => {
    await usedFlows(dir);
    tear(dir);
    const flows = await openFlowStore({ dir, onWarning: warn }, nodeDisk);
    closing(() => flows.close());
  },

  'events-option': (dir) => eventLog({ dir, maxParked: 0 }),
  'events-open': (dir) => eventLog({ dir: blockingFile(dir) }),
  'events-locked': async (dir, _warn, closing) => {
    await eventsAt({ dir }, closing);
    await eventLog({ dir });
  },
  'events-lost': async (dir, _warn, closing) => {
    const events = await eventsAt({ dir }, closing);
    rmSync(join(dir, 'lock'));
    await events.accept([EVENT]);
  },
  'events-format': (dir) => {
    laterFormat(dir, 'events-00000001.log');
    return eventLog({ dir });
  },
  'events-corrupt': async (dir) => {
    await usedEvents(dir);
    damage(dir);
    await eventLog({ dir });
  },
  'events-disk': async (dir, _warn, closing) => {
    let broken = false;
    const sync = (fd: number) => (broken ? rejecting('EIO: i/o error')() : nodeDisk.sync(fd));
    const events = await eventsAt({ dir, disk: { ...nodeDisk, sync } }, closing);
    broken = true;
    await events.accept([EVENT]);
  },
  'events-closed': async (dir) => {
    const events = await eventLog({ dir });
    await events.close();
    await events.accept([EVENT]);
  },
  'events-torn': async (dir, warn, closing) => {
    await usedEvents(dir);
    tear(dir);
    await eventsAt({ dir, onWarning: warn }, closing);
  },
  'events-full': async (dir, _warn, closing) => {
    const events = await eventsAt({ dir, maxWaitingBytes: 10 }, closing);
    await events.accept([EVENT]);
  },
  'events-dropped': async (dir, warn, closing) => {
    const events = await eventsAt({ dir, maxParked: 1, onWarning: warn }, closing);
    await events.accept([EVENT]);
    for (const { event } of events.open()) await events.park(event.number, 'It failed.');
  },
  'events-forgotten': async (dir, warn, closing) => {
    const events = await eventsAt({ dir, maxRemembered: 1, onWarning: warn }, closing);
    await events.accept([EVENT]);
  },

  'tables-option': (dir) => diskTables({ dir, maxSegmentBytes: 0 }),
  'tables-open': (dir) => diskTables({ dir: blockingFile(dir) }),
  'tables-locked': async (dir, _warn, closing) => {
    await tablesAt(dir, closing);
    await diskTables({ dir });
  },
  'tables-lost': async (dir, _warn, closing) => {
    const tables = await tablesAt(dir, closing);
    rmSync(join(dir, 'lock'));
    await tables.insert('t', [{ name: 'Ada' }]);
  },
  'tables-format': (dir) => {
    laterFormat(dir, 'tables-00000001.log');
    return diskTables({ dir });
  },
  'tables-corrupt': async (dir) => {
    await usedTables(dir);
    damage(dir);
    await diskTables({ dir });
  },
  'tables-disk': async (dir, _warn, closing) => {
    let broken = false;
    const sync = (fd: number) => (broken ? rejecting('EIO: i/o error')() : nodeDisk.sync(fd));
    const tables = await tablesAt(dir, closing, { ...nodeDisk, sync });
    broken = true;
    await tables.insert('t', [{ name: 'Ada' }]);
  },
  'tables-closed': async (dir, _warn, closing) => {
    const tables = await tablesAt(dir, closing);
    await tables.close();
    await tables.insert('t', [{ name: 'Ada' }]);
  },
  'tables-torn': async (dir, warn, closing) => {
    await usedTables(dir);
    tear(dir);
    const tables = await diskTables({ dir, onWarning: warn });
    closing(() => tables.close());
  },
  'tables-cleaning': async (dir, warn, closing) => {
    const tables = await openTables({ dir, maxSegmentBytes: 1, onWarning: warn }, noRemoval, 0);
    closing(() => tables.close());
    await tables.define(TABLE);
    for (let round = 0; round < 10; round += 1) {
      await tables.insert('t', [{ name: 'Ada' }]);
      await tables.clear('t');
    }
  },

  'files-option': (dir) => diskFiles({ dir, maxFileBytes: 0 }),
  'files-open': (dir) => diskFiles({ dir: blockingFile(dir) }),
  'files-locked': async (dir, _warn, closing) => {
    await filesAt(dir, closing);
    await diskFiles({ dir });
  },
  'files-lost': async (dir, _warn, closing) => {
    const files = await filesAt(dir, closing);
    rmSync(join(dir, 'lock'));
    await files.put({ name: 'a.txt' }, new Uint8Array([1]));
  },
  'files-format': async (dir, _warn, closing) => {
    const { files, id } = await oneFile(dir, closing);
    const record = join(dir, `${id}.json`);
    const json = readFileSync(record, 'utf8').slice(9, -1).replace('"format":1', '"format":2');
    writeFileSync(record, `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`);
    await files.info(id);
  },
  'files-corrupt': async (dir, _warn, closing) => {
    const { files, id } = await oneFile(dir, closing);
    writeFileSync(join(dir, `${id}.json`), '{}');
    await files.info(id);
  },
  'files-disk': async (dir, _warn, closing) => {
    const { files, id } = await oneFile(dir, closing);
    const record = join(dir, `${id}.json`);
    rmSync(record);
    mkdirSync(record);
    await files.info(id);
  },
  'files-closed': async (dir, _warn, closing) => {
    const { files, id } = await oneFile(dir, closing);
    await files.close();
    await files.info(id);
  },

  'journal-option': (dir) => fileJournal({ dir, maxSegmentBytes: 0 }),
  'annex-failed': (dir) => fileAnnex({ dir: blockingFile(dir) }).put('run', 'text'),
  'journal-open': (dir) => fileJournal({ dir: blockingFile(dir) }),
  'journal-locked': async (dir, _warn, closing) => {
    await journalAt(dir, closing);
    await fileJournal({ dir });
  },
  'journal-lost': async (dir, _warn, closing) => {
    const journal = await journalAt(dir, closing);
    rmSync(join(dir, 'lock'));
    await journal.open(RUN, never());
  },
  'journal-format': (dir) => {
    laterFormat(dir, 'journal-00000001.log');
    return fileJournal({ dir });
  },
  'journal-corrupt': async (dir) => {
    await usedJournal(dir);
    damage(dir);
    await fileJournal({ dir });
  },
  'journal-disk': async (dir, _warn, closing) => {
    const journal = await journalAt(dir, closing, { ...nodeDisk, sync: rejecting('EIO: i/o error') });
    await journal.open(RUN, never());
  },
  'journal-write': async (dir, _warn, closing) => {
    let full = false;
    const write: Disk['write'] = (...all) => (full ? rejecting('ENOSPC: no space left')() : nodeDisk.write(...all));
    const run = await runAt(dir, closing, { ...nodeDisk, write });
    full = true;
    await run.step('r/a', async () => 1);
  },
  'journal-closed': async (dir, _warn, closing) => {
    const journal = await journalAt(dir, closing);
    await journal.shutdown();
    await journal.open(RUN, never());
  },
  'journal-revision': async (dir, _warn, closing) => {
    await usedJournal(dir);
    await (await journalAt(dir, closing)).open(recordOf('r', { revision: 'r2' }), never());
  },
  'journal-inputs': async (dir, _warn, closing) => {
    await usedJournal(dir);
    await (await journalAt(dir, closing)).open(recordOf('r', { inputs: { a: 2 } }), never());
  },
  'journal-mismatch': async (dir, _warn, closing) => {
    await usedJournal(dir);
    await (await runAt(dir, closing)).sleep('r/a', 1);
  },
  'journal-duplicate-id': async (dir, _warn, closing) => {
    const run = await runAt(dir, closing);
    await run.step('r/a', async () => 1);
    await run.step('r/a', async () => 1);
  },
  'journal-value': async (dir, _warn, closing) =>
    (await journalAt(dir, closing)).open(recordOf('r', { inputs: { odd: ODD } }), never()),
  'journal-wait': async (dir, _warn, closing) => (await runAt(dir, closing)).sleep('r/a', Number.POSITIVE_INFINITY),
  'journal-run-open': async (dir, _warn, closing) => {
    const journal = await journalAt(dir, closing);
    await journal.open(RUN, never());
    await journal.open(RUN, never());
  },
  'journal-run-ended': async (dir, _warn, closing) => {
    const journal = await journalAt(dir, closing);
    await journal.open(RUN, never());
    await journal.close('r', SUCCESS);
    await journal.open(RUN, never());
  },
  'journal-run-unknown': async (dir, _warn, closing) => (await journalAt(dir, closing)).signal('nobody', 'go', 1),
  'journal-torn': async (dir, warn, closing) => {
    await usedJournal(dir);
    tear(dir);
    const journal = await fileJournal({ dir, onWarning: warn });
    closing(() => journal.shutdown());
  },
  'journal-cleaning': async (dir, warn, closing) => {
    const journal = await openJournal({ dir, maxSegmentBytes: 500, onWarning: warn }, noRemoval);
    closing(() => journal.shutdown());
    for (let number = 0; number < 10; number += 1) {
      await journal.open(recordOf(`r${number}`), never());
      await journal.close(`r${number}`, SUCCESS);
    }
  },
};

for (const [code, { class: kind }] of Object.entries(HOST_CODES)) {
  test(code, async () => {
    await withDirectory(async (dir) => {
      const warnings: string[] = [];
      const opened: Close[] = [];
      let thrown: unknown = null;
      try {
        // The table has a way for each: its type says so.
        const provoke = PROVOKED[code as HostCode];
        await provoke(
          dir,
          (warning) => warnings.push(warning.code),
          (close) => opened.push(close),
        );
      } catch (error) {
        thrown = error;
      }
      // What broke may refuse to be closed as well.
      await Promise.allSettled(opened.map((close) => close()));
      if (kind === 'warning') {
        assert.is(thrown, null);
        assert.ok(warnings.includes(code), `warned of ${warnings.join(', ') || 'nothing'}`);
      } else {
        assert.instance(thrown, FlowdeckError);
        assert.is((thrown as FlowdeckError).code, code);
        assert.ok((thrown as FlowdeckError).hint, 'it says what can be done');
      }
    });
  });
}

test.run();
