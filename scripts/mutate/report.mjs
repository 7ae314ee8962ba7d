// What a run of the mutants came to.

/**
 * @param results As `tryAll` gives them.
 * @param judgements As docs/mutation.md has them.
 * @param folder The sources that were mutated.
 * @param whole True: all mutants were tried, so that a judgement that fits none is stale.
 */
export function reportOf(results, judgements, { folder, whole, ignored, seconds }) {
  const used = new Set();
  const survivors = results
    .filter(({ status }) => status === 'survived' || status === 'uncovered')
    .map((mutant) => {
      const judged = judgements.find((each) => isAbout(each, mutant));
      if (judged !== undefined) used.add(judged);
      return { ...mutant, verdict: judged?.verdict ?? null };
    });
  const equivalent = survivors.filter(({ verdict }) => verdict === 'equivalent').length;
  const killed = results.length - survivors.length;
  const counted = results.length - equivalent;
  return {
    folder,
    tried: results.length,
    killed,
    byTime: results.filter(({ status }) => status === 'timeout').length,
    survived: survivors.length,
    equivalent,
    /** Percent of the mutants that are not judged equivalent. */
    score: counted === 0 ? 100 : Math.round((killed / counted) * 1000) / 10,
    seconds,
    ignored,
    files: filesOf(results, survivors),
    survivors: survivors.map(({ id: _, by: __, ...mutant }) => mutant),
    stale: whole ? judgements.filter((each) => !used.has(each)) : [],
  };
}

function isAbout(judgement, { file, original, replacement }) {
  return judgement.file === file && judgement.original === original && judgement.replacement === replacement;
}

function filesOf(results, survivors) {
  const files = {};
  for (const { file } of results) {
    files[file] ??= { tried: 0, survived: 0, equivalent: 0 };
    files[file].tried++;
  }
  for (const { file, verdict } of survivors) {
    files[file].survived++;
    if (verdict === 'equivalent') files[file].equivalent++;
  }
  return files;
}

/** The report for people. */
export function describeReport(report) {
  const { folder, tried, killed, byTime, equivalent, score, seconds, ignored, files, survivors, stale } = report;
  const open = survivors.filter(({ verdict }) => verdict !== 'equivalent');
  const lines = [
    ...open.map(
      ({ file, line, column, mutator, original, replacement, status, verdict }) =>
        `${folder}/${file}:${line}:${column} ${mutator}: ${short(original)} -> ${short(replacement)}` +
        `${status === 'uncovered' ? ' (nothing reaches it)' : ''}${verdict === null ? '' : ` (${verdict})`}`,
    ),
    '',
    ...Object.entries(files).map(([file, count]) => {
      const share = Math.round(((count.tried - count.survived) / Math.max(1, count.tried - count.equivalent)) * 100);
      return `${String(share).padStart(4)} %  ${file} (${count.survived - count.equivalent} of ${count.tried} survive)`;
    }),
    '',
    ...stale.map(({ file, original }) => `stale in docs/mutation.md: ${file}: ${short(original)}`),
    ...Object.entries(ignored).map(([reason, count]) => `not mutated: ${count} times ${reason}`),
    `${killed} of ${tried} mutants killed (${byTime} by time), ${equivalent} survivors judged equivalent, ${open.length} survive.`,
    `Score: ${score} %, in ${seconds} s.`,
  ];
  return `${lines.join('\n')}\n`;
}

const SHOWN = 100;

function short(text) {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
