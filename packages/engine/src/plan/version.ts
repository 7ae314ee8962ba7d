/** Version ranges of `requires`: `1.2.3`, `^1.2`, `~1.2.3`, `>=1`, `*`. Pre-releases compare as their release. */

/** Whether a semantic version lies in a range. A malformed range is never satisfied. */
export function satisfies(version: string, range: string): boolean {
  const match = /^\s*(\^|~|>=|=)?\s*(\d+|\*|x)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?(?:[-+].*)?\s*$/.exec(range);
  const have = parseVersion(version);
  if (!match || !have) return false;
  const parts = [match[2], match[3], match[4]].map((part) =>
    part === undefined || /[x*]/.test(part) ? null : Number(part),
  );
  const [major, minor, patch] = parts as [number | null, number | null, number | null];
  if (major === null) return true;
  const least: Version = [major, minor ?? 0, patch ?? 0];
  if (orderVersions(have, least) < 0) return false;
  switch (match[1]) {
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

type Version = readonly [number, number, number];

function parseVersion(version: string): Version | null {
  const match = /^(\d+)\.(\d+)\.(\d+)/.exec(version);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : null;
}

function orderVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
