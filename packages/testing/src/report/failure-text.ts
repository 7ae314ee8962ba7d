/** A failed case in words: what a reader sees, whoever shows it. */
import { toData } from '@flowdeck/engine/kit';
import type { Failure } from '../run/failure.js';
import type { CaseReport } from './types.js';

const MOST_CHARACTERS = 2000;

/**
 * What is not as expected, thing by thing. Control characters are shown as pictures, so that no value can act on a terminal.
 *
 * @example
 * if (result.status === 'failed') throw new Error(failureText(caseReport(result)));
 */
export function failureText({ proves, failures }: Pick<CaseReport, 'proves' | 'failures'>): string {
  return [...(proves === null ? [] : [visible(proves)]), ...failures.flatMap(failureLines)].join('\n');
}

/** The lines of one failure: what, then expected and actual beneath each other, then what to do. */
export function failureLines({ where, code, message, expected, actual, hint }: Failure): string[] {
  const about = [...(message === undefined ? [] : [message]), ...(code === undefined ? [] : [`[${code}]`])].join(' ');
  const lines = [about === '' ? where : `${where}: ${about}`];
  if (expected !== undefined) lines.push(`  expected ${shownValue(expected)}`);
  if (actual !== undefined) lines.push(`  actual   ${shownValue(actual)}`);
  else if (expected !== undefined && message === undefined) lines.push('  actual   nothing');
  if (hint !== undefined) lines.push(`  hint: ${hint}`);
  return lines.map(visible);
}

function shownValue(value: unknown): string {
  const text = JSON.stringify(toData(value)) ?? String(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}… (${text.length} characters)` : text;
}

/** Text in which control characters, marks that turn the direction of writing, and halves of characters are shown. */
export function visible(text: string): string {
  return text.replace(/\p{Cc}|\p{Cs}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    const code = character.charCodeAt(0);
    if (code === 0x7f) return '␡';
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
