/** Writes the error of a run: for a reader, and as JSON. The user's own place comes first, whatever failed below it. */
import type { ErrorReport, ServiceError, WayPoint } from '@flowdeck/engine';
import { toData } from '@flowdeck/engine/kit';
import type { FilePlace } from '../project/project.js';
import type { Palette } from './colour.js';
import { placeText } from './diagnostics.js';
import { commandHint } from './hint.js';
import { brief, plain } from './text.js';

/** Finds the places of errors in the files of the user. */
export type Locate = (flow: string | undefined, pointer: string | undefined) => FilePlace | null;

/** What results tell of an error; those that a card swallowed come without `extra`. */
type Reported = Omit<ErrorReport, 'cause'>;

export function runErrorData(report: Reported, locate: Locate) {
  const { code, message, statusCode, at, hint, extra, path, service } = report;
  return {
    code,
    message,
    statusCode,
    ...(service === undefined ? {} : { service }),
    at: { ...at, ...(isOwn(path.at(-1)) ? locate(at.flow, at.pointer) : null) },
    path: path.map((point) => ({ ...point, ...(isOwn(point) ? locate(point.flow, point.pointer) : null) })),
    hint: commandHint(code, hint, extra) ?? null,
    ...(extra === undefined ? {} : { extra: toData(extra) }),
  };
}

export function runErrorLines(report: Reported, locate: Locate, palette: Palette): string[] {
  const { code, hint, extra, path, service } = report;
  const lines = [`${palette.red('error')}: ${reasonText(report)} ${palette.dim(`[${code}]`)}`];
  if (service === undefined && code === 'http-status') lines.push(...answerLines(extra?.['body'], palette));
  const where = whereText(report, locate);
  if (where !== '') lines.push(`    ${palette.dim('at:')} ${where}`);
  if (path.length > 1) lines.push(`    ${palette.dim('way:')} ${wayText(path)}`);
  const advice = commandHint(code, hint, extra);
  if (advice !== undefined) lines.push(`    ${palette.dim('hint:')} ${plain(advice)}`);
  return lines;
}

/** What happened and, where the service told why, its own words. */
export function reasonText({ message, service }: Pick<Reported, 'message' | 'service'>): string {
  const own = plain(message);
  return service === undefined ? own : `${own}${/[.!?]$/.test(own) ? '' : '.'} ${serviceText(service)}`;
}

/** What the service answered, where nobody tells how to read it. */
export function answerLines(body: unknown, palette: Palette): readonly string[] {
  const isEmpty = body === undefined || body === null || body === '';
  return isEmpty ? [] : [`    ${palette.dim('the service says:')} ${brief(body)}`];
}

/** `twilio says: The 'To' number is not valid. (21211, https://...)` */
export function serviceText({ connector, code, message, link }: ServiceError): string {
  const rest = [code, link].filter((part) => part !== null);
  const words = message === null ? '' : ` ${message}`;
  return plain(`${connector} says:${words}${rest.length === 0 ? '' : ` (${rest.join(', ')})`}`);
}

/** The innermost card of the user's files. What failed may stand in a connector, where nobody can mend it. */
function whereText({ at, path }: Reported, locate: Locate): string {
  const own = path.findLast(isOwn);
  const { flow, card, pointer } = own ?? at;
  const place = locate(flow, pointer);
  const field = own === path.at(-1) ? at.field : undefined;
  return [
    card === undefined ? '' : `card ${plain(card)}`,
    field === undefined ? '' : `input ${plain(field)}`,
    flow === undefined ? '' : `flow ${plain(flow)}`,
    place === null ? '' : plain(placeText(place)),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function isOwn(point: WayPoint | undefined): boolean {
  return point?.connector === undefined;
}

/** `send → twilio.sendMessage → httpHelper → request`: the user's card, the flows that were called, the card that failed. */
export function wayText(path: readonly WayPoint[]): string {
  const [first] = path;
  if (first === undefined) return '';
  const parts = [first.card];
  let connector = first.connector;
  for (const point of path.slice(1)) {
    if (point.skipped !== undefined) parts.push(`… ${point.skipped} more …`);
    const name = point.connector === connector ? point.flow : `${point.connector ?? ''}.${point.flow}`;
    parts.push(point.index === undefined ? name : `${name} [${point.index}]`);
    connector = point.connector;
  }
  if (path.length > 1) parts.push(path.at(-1)?.card ?? '');
  return plain(parts.join(' → '));
}
