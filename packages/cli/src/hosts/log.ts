/** The log of a host on standard error: one line an event, for people or for programs. */
import type { HostNotice, NoticeLevel } from '@flowdeck/host';
import type { Arguments } from '../arguments.js';
import { UsageError } from '../errors.js';
import { type Palette, paletteFor } from '../output/colour.js';
import { oneLineJson, plain } from '../output/text.js';
import type { Io } from '../system/io.js';

export interface HostLog {
  /** What happens in the host. */
  notice(notice: HostNotice): void;
  /** What the command itself has to say, written with `palette`; it may have several lines. */
  say(level: NoticeLevel, text: string): void;
  readonly palette: Palette;
}

const LOG_FORMS = ['text', 'json'] as const;

/** By `--log`. @throws UsageError `serve-option`. */
export function hostLog(args: Arguments, io: Io, now: () => number): HostLog {
  const given = args.value('log') ?? 'text';
  const format = LOG_FORMS.find((each) => each === given);
  if (format === undefined) {
    throw new UsageError('serve-option', `--log ${JSON.stringify(given)} is no form of a log.`, {
      hint: `Choose ${LOG_FORMS.join(' or ')}.`,
    });
  }
  return format === 'json' ? jsonLog(io, now) : textLog(io);
}

function textLog(io: Io): HostLog {
  return {
    palette: paletteFor(io.stderr, io.env),
    say: (_, text) => void io.stderr.write(text),
    notice({ at, level, what, ...rest }) {
      if (level === 'debug') return;
      const members = Object.entries(rest).flatMap(([name, value]) =>
        value === null ? [] : [`${name}=${word(value)}`],
      );
      io.stderr.write(`${new Date(at).toISOString()} ${level.padEnd(5)} ${what} ${members.join(' ')}\n`);
    },
  };
}

/** A line holds nothing but JSON, whatever is told. */
function jsonLog(io: Io, now: () => number): HostLog {
  const write = (at: number, rest: object) =>
    io.stderr.write(`${oneLineJson({ time: new Date(at).toISOString(), ...rest })}\n`);
  return {
    palette: paletteFor({ ...io.stderr, isTTY: false }, { NO_COLOR: '1' }),
    say: (level, text) => void write(now(), { level, what: 'serve', reason: text.trim() }),
    notice({ at, level, ...rest }) {
      if (level !== 'debug') write(at, { level, ...rest });
    },
  };
}

/** As logfmt has it: quoted where a reader could take it for two. */
function word(value: string | number | boolean): string {
  if (typeof value === 'number') return String(Number.isInteger(value) ? value : Number(value.toFixed(3)));
  if (typeof value === 'boolean') return String(value);
  return /^[\w.:@/+-]+$/.test(value) ? value : plain(JSON.stringify(value));
}
