/** Event Streams, where events go: the record of a sink, and the resource that callers see. */

import { iso8601 } from '../wire/dates.js';

export const SINK_TYPES = ['kinesis', 'webhook', 'segment', 'email'] as const;

/** A sink. */
export interface Sink {
  /** `DG…` */
  readonly sid: string;
  readonly description: string;
  readonly type: (typeof SINK_TYPES)[number];
  /** As given; a webhook has `destination` and `method`. */
  readonly configuration: Readonly<Record<string, unknown>>;
  status: 'initialized' | 'active' | 'failed';
  readonly createdAt: number;
  updatedAt: number;
}

export function sinkResource(origin: string, sink: Sink): Record<string, unknown> {
  const url = `${origin}/v1/Sinks/${sink.sid}`;
  return {
    sid: sink.sid,
    description: sink.description,
    sink_type: sink.type,
    sink_configuration: sink.configuration,
    status: sink.status,
    date_created: iso8601(sink.createdAt),
    date_updated: iso8601(sink.updatedAt),
    url,
    links: { sink_test: `${url}/Test`, sink_validate: `${url}/Validate` },
  };
}
