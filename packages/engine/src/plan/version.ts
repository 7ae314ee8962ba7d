/** Version ranges of `requires`: `1.2.3`, `^1.2`, `~1.2.3`, `>=1`, `*`. Pre-releases compare as their release. */

/** Whether a semantic version lies in a range. A malformed range is never satisfied. */
export function satisfies(version: string, range: string): boolean {
  const wanted = parseRange(range);
  const have = parseVersion(version);
  if (!wanted || !have) return false;
  const { operator, major, minor, patch } = wanted;
  if (major === null) return true;
  const least: Version = [major, minor ?? 0, patch ?? 0];
  if (orderVersions(have, least) < 0) return false;
  switch (operator) {
    case '>=':
      return true;
    case '^':
      return (
        orderVersions(
          have,
          major > 0
            ? [major + 1, 0, 0]
            : minor === null
              ? [1, 0, 0]
              : minor > 0 || patch === null
                ? [0, minor + 1, 0]
                : [0, 0, patch + 1],
        ) < 0
      );
    case '~':
      return orderVersions(have, minor === null ? [major + 1, 0, 0] : [major, minor + 1, 0]) < 0;
    default:
      return have[0] === major && (minor === null || have[1] === minor) && (patch === null || have[2] === patch);
  }
}

/** The least version in a range; null for a malformed one. */
export function leastVersion(range: string): string | null {
  const wanted = parseRange(range);
  return wanted && `${wanted.major ?? 0}.${wanted.minor ?? 0}.${wanted.patch ?? 0}`;
}

interface VersionRange {
  readonly operator: string | undefined;
  /** Null: any. */
  readonly major: number | null;
  readonly minor: number | null;
  readonly patch: number | null;
}

function parseRange(range: string): VersionRange | null {
  const match = /^\s*(\^|~|>=|=)?\s*(\d+|\*|x)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?(?:[-+].*)?\s*$/.exec(range);
  if (!match) return null;
  const [, operator, major, minor, patch] = match;
  return { operator, major: partOf(major), minor: partOf(minor), patch: partOf(patch) };
}

function partOf(part: string | undefined): number | null {
  return part === undefined || part === 'x' || part === '*' ? null : Number(part);
}

type Version = readonly [number, number, number];

function parseVersion(version: string): Version | null {
  const match = /^(\d+)\.(\d+)\.(\d+)/.exec(version);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : null;
}

function orderVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
