/** Delegated flows: a person who was given the right to starts them, and they know who it is. */
import { randomUUID } from 'node:crypto';
import type { FlowInfo, RunOptions } from '@flowdeck/engine';
import { fieldName } from '@flowdeck/engine/kit';
import { isOff, notDelegated } from './errors.js';

/** Who has a delegated flow run. Whoever calls for them has made sure that it is them. */
export interface Caller {
  /** Tells them from all others, such as the subject of their login. */
  readonly id: string;
  /** Another name of theirs, such as an e-mail address. */
  readonly alternateId?: string;
  /** For people. */
  readonly displayName?: string;
  /** What they are. Default `User`. */
  readonly type?: string;
}

/** What its run begins with. */
export function delegatedStart(
  info: FlowInfo,
  isOn: boolean,
  caller: Caller,
  given: Readonly<Record<string, unknown>>,
): Pick<RunOptions, 'runId' | 'inputs' | 'metadata'> {
  if (info.type !== 'delegated') throw notDelegated(info);
  if (!isOn) throw isOff(info);
  const runId = randomUUID();
  return { runId, inputs: delegatedInputs(info, caller, given, runId), metadata: { caller: caller.id } };
}

/**
 * What the flow has inputs for: the given ones, also those of its group `inputs`, and who it is (reference: delegated
 * flow, its user context and its caller object).
 */
function delegatedInputs(
  { inputs }: FlowInfo,
  { id, alternateId = id, displayName = id, type = 'User' }: Caller,
  given: Readonly<Record<string, unknown>>,
  runId: string,
): Readonly<Record<string, unknown>> {
  const known: Readonly<Record<string, unknown>> = {
    'user context/okta-user-id': id,
    'context/execution_id': runId,
    'caller/id': id,
    'caller/alternateId': alternateId,
    'caller/displayName': displayName,
    'caller/type': type,
  };
  const names = new Set(inputs.map(fieldName));
  const told = Object.entries(known).filter(([name]) => names.has(name));
  // What is given cannot say who somebody is.
  const own = Object.entries(given)
    .map(([key, value]) => [names.has(`inputs/${key}`) ? `inputs/${key}` : key, value] as const)
    .filter(([name]) => !Object.hasOwn(known, name));
  return Object.fromEntries([...own, ...told]);
}
