/** Finds steps by what they are called, and by the values that they saw. */
import type { RunData } from './run-data.js';

/** In their order. Case does not matter. */
export async function search(data: RunData, query: string): Promise<readonly number[]> {
  const wanted = query.trim().toLowerCase();
  const values = await data.find(wanted);
  const names = data.run.names.map((name) => name.toLowerCase().includes(wanted));
  const { steps } = data.run;
  const columns = [steps.inputs, steps.outputs, steps.error];
  const requested = new Set(
    data.run.exchanges.flatMap(({ step, url, detail }) =>
      url.toLowerCase().includes(wanted) || values.has(detail) ? [step] : [],
    ),
  );
  const found: number[] = [];
  for (let step = 0; step < data.stepCount; step++) {
    const isNamed = [steps.card, steps.type, steps.title].some((column) => names[column[step] ?? -1] === true);
    if (isNamed || requested.has(step) || columns.some((column) => values.has(column[step] ?? -1))) found.push(step);
  }
  return found;
}
