/** The numbers that can be set on a port, with what holds when nothing is set. */
import { FlowdeckError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

const MIB = 1024 * 1024;
/** Timers of the platform turn longer waits into none. */
const LONGEST_TIMER = 2 ** 31 - 1;

const PORT_NUMBERS = {
  timeoutMs: { standard: 60_000, least: 1, most: LONGEST_TIMER },
  connectTimeoutMs: { standard: 10_000, least: 1, most: LONGEST_TIMER },
  maxResponseBytes: { standard: 10 * MIB, least: 0, most: 2 ** 31 - 1 },
  maxRequestBytes: { standard: 10 * MIB, least: 0, most: 2 ** 31 - 1 },
  maxRedirects: { standard: 20, least: 0, most: 100 },
  maxConcurrent: { standard: 64, least: 1, most: 65_535 },
} as const;

type Given = { readonly [Name in keyof typeof PORT_NUMBERS]?: number };

/** @throws FlowdeckError `http-options` naming the option that is out of range. */
export function boundedNumber(name: keyof typeof PORT_NUMBERS, options: Given): number {
  const { standard, least, most } = PORT_NUMBERS[name];
  return inRange(name, options[name] ?? standard, least, most);
}

/**
 * The most milliseconds that a request may ask for, at least those that it has without asking.
 *
 * @throws FlowdeckError `http-options`
 */
export function longestTime(options: { readonly maxTimeoutMs?: number }, timeoutMs: number): number {
  return inRange('maxTimeoutMs', options.maxTimeoutMs ?? Math.max(600_000, timeoutMs), timeoutMs, LONGEST_TIMER);
}

function inRange(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new FlowdeckError<CardsCode>('http-options', `The option ${name} of the HTTP port is ${value}.`, {
    hint: `Give a whole number from ${least} to ${most}.`,
  });
}
