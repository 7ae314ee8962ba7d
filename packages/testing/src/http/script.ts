/** A script of exchanges as it is played: which of them answers a request, and what went against it. */
import { checkExchanges, type ScriptedExchange, type ScriptedResponse } from './exchange.js';
import { type ReceivedRequest, requestDifferences } from './match.js';

/**
 * `in-order`: requests come in the order of the exchanges. `by-match`: in any order; the first exchange that fits and is
 * not used up answers.
 */
export type ScriptOrder = 'in-order' | 'by-match';

/** A request and what became of it. */
export interface ScriptedRequest extends ReceivedRequest {
  /** Number of the exchange that answered, from 1. Null when there was none. */
  readonly exchange: number | null;
}

interface Entry {
  readonly exchange: ScriptedExchange;
  readonly number: number;
  used: number;
}

export class Script {
  /** Every request so far, in order of arrival. */
  readonly requests: ScriptedRequest[] = [];
  readonly #entries: readonly Entry[];
  readonly #find: (entries: readonly Entry[], received: ReceivedRequest) => Entry | string;
  readonly #unforeseen: string[] = [];

  /** @throws FlowdeckError `scripted-exchange` (the script is faulty) */
  constructor(exchanges: readonly ScriptedExchange[], order: ScriptOrder = 'in-order') {
    checkExchanges(exchanges);
    this.#entries = exchanges.map((exchange, index) => ({ exchange, number: index + 1, used: 0 }));
    this.#find = order === 'by-match' ? findAny : findNext;
  }

  /** What answers the request; a sentence when the script does not foresee it, and then stays where it was. */
  next(received: ReceivedRequest): ScriptedResponse | string {
    const found = this.#find(this.#entries, received);
    if (typeof found === 'string') {
      const { method, path, query } = received;
      const problem = `${method} ${path}${query.size > 0 ? `?${query}` : ''}: ${found}`;
      this.requests.push({ ...received, exchange: null });
      this.#unforeseen.push(problem);
      return problem;
    }
    found.used += 1;
    this.requests.push({ ...received, exchange: found.number });
    return found.exchange.response;
  }

  /** One sentence for every unforeseen request, and for every exchange that was not asked for often enough. */
  problems(): string[] {
    return [...this.#unforeseen, ...this.#entries.filter(isOpen).map(unasked)];
  }
}

/** The next open entry if the request fits it, else why it does not. */
function findNext(entries: readonly Entry[], received: ReceivedRequest): Entry | string {
  const entry = entries.find(isOpen);
  if (!entry) return 'the script is at its end';
  const found = requestDifferences(entry.exchange.request, received);
  return found.length === 0 ? entry : mismatch(entry, found);
}

/** The first open entry that the request fits, else how it differs from the nearest one. */
function findAny(entries: readonly Entry[], received: ReceivedRequest): Entry | string {
  const open = entries
    .filter(isOpen)
    .map((entry) => ({ entry, found: requestDifferences(entry.exchange.request, received) }));
  const nearest = open.sort((a, b) => a.found.length - b.found.length)[0];
  if (!nearest) return 'the script is at its end';
  return nearest.found.length === 0 ? nearest.entry : mismatch(nearest.entry, nearest.found);
}

function mismatch(entry: Entry, found: readonly string[]): string {
  return `does not fit exchange ${entry.number} (${nameOf(entry)}): ${found.join('; ')}`;
}

function unasked(entry: Entry): string {
  return `Exchange ${entry.number} (${nameOf(entry)}) was asked for ${entry.used} of ${entry.exchange.times ?? 1} times.`;
}

function nameOf(entry: Entry): string {
  return `${entry.exchange.request.method} ${entry.exchange.request.path}`;
}

function isOpen(entry: Entry): boolean {
  return entry.used < (entry.exchange.times ?? 1);
}
