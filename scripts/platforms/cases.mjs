// Runs the conformance cases of the standard cards wherever this is loaded: Node, Deno, Bun, a page, a worker. It is bundled
// for browsers, from the built packages; nothing of a platform may be in it.
import { standard } from '@flowdeck/cards';
import { fetchPort } from '@flowdeck/cards/fetch';
import { runCases } from '@flowdeck/testing';
import { adapterOf } from '../../packages/conformance/src/engine/adapter.ts';

/**
 * What came of all cases: how many passed, why others were left out, and every failure in one line.
 *
 * @param suites As files of cases hold them.
 * @param place Where this runs.
 */
export async function casesOf(suites, place) {
  const told = { passed: 0, skipped: {}, failed: [] };
  const adapter = adapterOf([standard], ({ timeoutMs, maxRedirects }) =>
    fetchPort(JSON.parse(JSON.stringify({ timeoutMs, maxRedirects }))),
  );
  for (const suite of suites) {
    const { here, elsewhere } = sorted(suite, place);
    for (const reason of elsewhere) told.skipped[reason] = (told.skipped[reason] ?? 0) + 1;
    for await (const { suite: name, id, status, reason, failures } of runCases({ ...suite, cases: here }, adapter)) {
      if (status === 'passed') told.passed++;
      else if (status === 'skipped') told.skipped[reason] = (told.skipped[reason] ?? 0) + 1;
      else told.failed.push(`${name}/${id}: ${JSON.stringify(failures).slice(0, 400)}`);
    }
  }
  return told;
}

/** A worker runs out of stack, with the error "limit", before these come to what they show. */
const DEEP = ['cards/expression/input-too-deep'];

/** What a case needs that is not everywhere: a server of its own, or the port that judges addresses. */
function sorted(suite, place) {
  const here = [];
  const elsewhere = [];
  for (const entry of suite.cases) {
    if (entry.service !== undefined) elsewhere.push('it needs a service');
    else if (place === 'worker' && DEEP.includes(`${suite.suite}/${entry.id}`))
      elsewhere.push('a worker has less stack');
    else if (cardsIn(entry).some((card) => card.startsWith('http.') || card === 'files.download')) {
      elsewhere.push('it is about the HTTP port on undici');
    } else here.push(entry);
  }
  return { here, elsewhere };
}

function cardsIn(part) {
  if (typeof part !== 'object' || part === null) return [];
  const own = typeof part.card === 'string' ? [part.card] : [];
  return [...own, ...Object.values(part).flatMap(cardsIn)];
}
