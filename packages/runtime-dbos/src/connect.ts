/** Connections to the database, and what is said when there is none. */
import { FlowdeckError } from '@flowdeck/engine';
import { runtimeAway, runtimeRefused } from '@flowdeck/engine/kit';
import pg from 'pg';

/** Milliseconds until a database that does not answer counts as away. */
const CONNECT_MS = 10_000;

/** Classes of PostgreSQL's codes for "not you". */
const NOT_YOU = /^(28|42501)/;

/**
 * Connects.
 *
 * @throws FlowdeckError `runtime-away`, `runtime-refused`.
 */
export async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
  });
  // Whoever uses it hears of its end; until then nobody does, and an event that nobody hears would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw isRefusal(error) ? runtimeRefused('The database', error.message) : runtimeAway('The database', error);
  }
}

/** PostgreSQL's code for a table that there is not. */
const NO_TABLE = '42P01';

/** What is said of a question that the database did not answer: a worker prepares it, and there may have been none. */
export function unanswered(error: unknown): FlowdeckError {
  if (!(error instanceof Error && 'code' in error && error.code === NO_TABLE))
    return runtimeAway('The database', error);
  return new FlowdeckError('runtime-away', 'The database is not prepared for runs: it has no tables of them.', {
    hint: 'Start a worker: it makes them. Or correct the address.',
    cause: error,
  });
}

/** A connection that is there to hear when the database goes away: DBOS itself would ask it again and again, and say nothing. */
export interface DatabaseWatch {
  /** Rejects with `runtime-away` when the database is lost, and else never. */
  readonly lost: Promise<never>;
  end(): Promise<void>;
}

/** Throws as `connect`. */
export async function watchDatabase(databaseUrl: string): Promise<DatabaseWatch> {
  const client = await connect(databaseUrl);
  let isOver = false;
  const lost = new Promise<never>((_resolve, reject) => {
    client.once('end', () => {
      if (!isOver) reject(runtimeAway('The database', 'it has closed the connection.'));
    });
  });
  // Whoever asks it something hears of it; it may be that nobody does.
  lost.catch(() => {});
  return {
    lost,
    async end() {
      isOver = true;
      await client.end();
    },
  };
}

function isRefusal(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && NOT_YOU.test(error.code);
}
