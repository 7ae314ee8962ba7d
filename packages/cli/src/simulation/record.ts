/** Simulated answers as a file of mocks, to be edited by hand. */
import { parseJsonText } from '@flowdeck/engine/kit';
import type { Effect, Fixture } from '@flowdeck/testing';

/** One fixture for each different call, in the order of the first. Given back with `--mock`, the run repeats itself. */
export function fixturesOf(effects: readonly Effect[]): readonly Fixture[] {
  const fixtures = new Map<string, Fixture>();
  for (const effect of effects) {
    const { connector, action: card, inputs } = effect;
    const when = effect.kind === 'http' ? { url: inputs['url'] } : withoutReferences(inputs);
    const key = JSON.stringify([connector, card, when]);
    if (!fixtures.has(key)) fixtures.set(key, { connector, card, when, ...answerIn(effect) });
  }
  return [...fixtures.values()];
}

function answerIn({ kind, outputs, error }: Effect): Pick<Fixture, 'outputs' | 'error'> {
  if (error !== null) return { error: { message: error } };
  const answer = { ...(outputs ?? {}) };
  if (kind === 'http' && typeof answer['body'] === 'string') answer['body'] = jsonOrText(answer['body']);
  return { outputs: withoutReferences(answer) as NonNullable<Fixture['outputs']> }; // an effect is JSON: values
}

/** Files and flows are told by name only: no mock can give them, nor be chosen by them. */
function withoutReferences(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isReference(value)));
}

function isReference(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const [key, ...more] = Object.keys(value);
  return more.length === 0 && (key === 'file' || key === 'flow');
}

function jsonOrText(text: string): unknown {
  try {
    return parseJsonText(text);
  } catch {
    return text;
  }
}
