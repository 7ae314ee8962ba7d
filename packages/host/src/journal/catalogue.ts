/** Which runs have entries in which segments, so that a segment can go when nobody needs it any more. */
import type { Location } from '../log/line.js';
import type { Entry } from './entry.js';

interface SegmentRecord {
  /** Bytes of the entries of each run. */
  readonly runs: Map<string, number>;
  /** Bytes of the runs that have not ended. */
  live: number;
}

interface RunRecordOfSegments {
  /** Numbers of those that hold entries of it. Few, mostly one: a set would be much more. */
  segments: number[];
  /** Segment, offset and length of each entry, one after the other; empty once it has ended. */
  places: number[];
  ended: boolean;
  /** Where its outcome stands; null while it runs, and when only the mark that it ended is left. */
  end: Location | null;
  /** The segment of its `end` or of the latest mark. */
  endSegment: number;
}

export class Catalogue {
  readonly #segments = new Map<number, SegmentRecord>();
  readonly #runs = new Map<string, RunRecordOfSegments>();

  /** Takes note of a durable entry. */
  note(entry: Entry, location: Location): void {
    const run = this.#run(entry.run);
    const segment = this.#segment(location.segment);
    segment.runs.set(entry.run, (segment.runs.get(entry.run) ?? 0) + location.bytes);
    if (!run.segments.includes(location.segment)) run.segments.push(location.segment);
    if (!run.ended) {
      segment.live += location.bytes;
      run.places.push(location.segment, location.offset, location.bytes);
    }
    if (entry.k !== 'end' && entry.k !== 'gone') return;
    if (!run.ended) this.#countOut(entry.run, run);
    run.ended = true;
    run.places = [];
    run.endSegment = location.segment;
    if (entry.k === 'end') run.end = location;
  }

  state(run: string): 'unknown' | 'unfinished' | 'ended' {
    const known = this.#runs.get(run);
    if (known === undefined) return 'unknown';
    return known.ended ? 'ended' : 'unfinished';
  }

  /** Where the outcome of a run stands, if it is still kept. */
  endOf(run: string): Location | null {
    return this.#runs.get(run)?.end ?? null;
  }

  unfinished(): readonly string[] {
    const runs: string[] = [];
    for (const [run, known] of this.#runs) if (!known.ended) runs.push(run);
    return runs;
  }

  /** Where the entries of an unfinished run stand. */
  placesOf(run: string): readonly Location[] {
    const { places = [] } = this.#runs.get(run) ?? {};
    const locations: Location[] = [];
    for (let at = 0; at < places.length; at += 3) {
      const [segment = 0, offset = 0, bytes = 0] = places.slice(at, at + 3);
      locations.push({ segment, offset, bytes });
    }
    return locations;
  }

  /** Bytes in a segment that an unfinished run still needs. */
  liveBytes(segment: number): number {
    return this.#segments.get(segment)?.live ?? 0;
  }

  /** Runs that would look unfinished if the segment went alone: their end stands in it, earlier entries elsewhere. */
  endsHereOnly(segment: number): readonly string[] {
    const runs: string[] = [];
    for (const run of this.#segments.get(segment)?.runs.keys() ?? []) {
      const known = this.#run(run);
      if (known.ended && known.endSegment === segment && known.segments.length > 1) runs.push(run);
    }
    return runs;
  }

  /** Forgets a segment that was removed, and the ended runs that had entries nowhere else. */
  forget(segment: number): void {
    for (const name of this.#segments.get(segment)?.runs.keys() ?? []) {
      const run = this.#run(name);
      run.segments = run.segments.filter((each) => each !== segment);
      run.places = run.places.filter((_, at) => run.places[at - (at % 3)] !== segment);
      if (run.end?.segment === segment) run.end = null;
      if (run.segments.length === 0) this.#runs.delete(name);
    }
    this.#segments.delete(segment);
  }

  #countOut(name: string, run: RunRecordOfSegments): void {
    for (const number of run.segments) {
      const segment = this.#segment(number);
      segment.live -= segment.runs.get(name) ?? 0;
    }
  }

  #run(name: string): RunRecordOfSegments {
    let run = this.#runs.get(name);
    if (run === undefined) {
      run = { segments: [], places: [], ended: false, end: null, endSegment: 0 };
      this.#runs.set(name, run);
    }
    return run;
  }

  #segment(number: number): SegmentRecord {
    let segment = this.#segments.get(number);
    if (segment === undefined) {
      segment = { runs: new Map(), live: 0 };
      this.#segments.set(number, segment);
    }
    return segment;
  }
}
