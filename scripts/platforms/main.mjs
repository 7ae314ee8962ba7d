// What every platform does: fetch the cases from the test's server, run them, try the fetch port, and post what came of it.
import { casesOf } from './cases.mjs';
import { fetchingFaults } from './fetching.mjs';

/** @param place Where this runs, for the server; `page` and `worker` have the rules of pages. */
export async function main(origin, place) {
  let told;
  try {
    const suites = await (await fetch(`${origin}/suites.json`)).json();
    const kind = place === 'page' || place === 'worker' ? 'page' : 'server';
    told = { evaluates: evaluates(), ...(await casesOf(suites, place)), fetching: await fetchingFaults(origin, kind) };
  } catch (error) {
    told = { broken: `${error}\n${error?.stack}` };
  }
  await fetch(`${origin}/results/${place}`, { method: 'POST', body: JSON.stringify(told) });
}

/** False under a policy that forbids it, which shows that the policy holds. */
function evaluates() {
  try {
    return new Function('return true')();
  } catch {
    return false;
  }
}
