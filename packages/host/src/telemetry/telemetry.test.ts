/** Spans and metrics of a host, with OpenTelemetry's own API: a delivery, its run, and what the engine's spans stand under. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { FlowEvent } from '@flowdeck/engine';
import * as openTelemetry from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { traceFlows } from '../../../../examples/tracing.js';
import { until } from '../../test/support.js';
import { createHandler } from '../serve/handler.js';
import { served } from '../serve/testing/served.js';
import { hearing, SIGNED } from '../webhook/testing/service.js';

/** What `NodeSDK` registers, in short. */
class Contexts implements openTelemetry.ContextManager {
  readonly #store = new AsyncLocalStorage<openTelemetry.Context>();
  active = () => this.#store.getStore() ?? openTelemetry.ROOT_CONTEXT;
  with: openTelemetry.ContextManager['with'] = (context, work, self, ...args) =>
    this.#store.run(context, () => work.call(self as never, ...args)) as ReturnType<typeof work>;
  bind: openTelemetry.ContextManager['bind'] = (_, target) => target;
  enable = () => this;
  disable = () => this;
}

const memory = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(memory)] });
openTelemetry.context.setGlobalContextManager(new Contexts());
openTelemetry.trace.setGlobalTracerProvider(provider);

/** What was counted and timed, `name {attributes}` to its sum, and what is asked for when it is exported. */
const sums = new Map<string, number>();
const gauges = new Map<string, openTelemetry.ObservableCallback[]>();
const add = (name: string) => (value: number, attributes?: openTelemetry.Attributes) => {
  const key = `${name} ${JSON.stringify(Object.fromEntries(Object.entries(attributes ?? {}).sort()))}`;
  sums.set(key, (sums.get(key) ?? 0) + value);
};
const meter = {
  ...openTelemetry.createNoopMeter(),
  createCounter: (name: string) => ({ add: add(name) }),
  createHistogram: (name: string) => ({ record: add(name) }),
  createObservableGauge(name: string) {
    const callbacks: openTelemetry.ObservableCallback[] = [];
    gauges.set(name, callbacks);
    return {
      addCallback: (callback: openTelemetry.ObservableCallback) => void callbacks.push(callback),
      removeCallback: (callback: openTelemetry.ObservableCallback) =>
        void callbacks.splice(callbacks.indexOf(callback), 1),
    };
  },
};
openTelemetry.metrics.setGlobalMeterProvider({ getMeter: () => meter });

/** From the outermost span in, each with the name of its parent. */
function tree(): readonly (readonly [string | undefined, string])[] {
  const spans = memory.getFinishedSpans();
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  return spans.map((span) => [names.get(span.parentSpanContext?.spanId ?? ''), span.name] as const);
}

test.before.each(() => {
  memory.reset();
  sums.clear();
});

test('a delivery, its run and the flows and cards of it are spans of one trace, and are counted', async () => {
  const hosted = hearing(SIGNED, { host: { openTelemetry } });
  const { onEvent } = traceFlows(openTelemetry.trace.getTracer('engine'));
  hosted.host.engine.on('*', (event: FlowEvent) => onEvent(event));
  await hosted.host.start();
  await hosted.host.turn('hears', true);
  await until(() => hosted.host.flows()[0]?.webhook?.phase === 'on');
  memory.reset();
  await hosted.deliver('e1', 'hello');
  await until(() => hosted.service.heard.length === 1 && hosted.host.runs()[0]?.status === 'success');
  assert.equal(
    [...tree()].sort(([, a], [, b]) => a.localeCompare(b)),
    [
      [undefined, 'delivery'],
      ['read', 'flow.return'],
      ['run hears', 'hears'],
      ['delivery', 'read'],
      ['delivery', 'run hears'],
      ['hears', 'svc.hear'],
    ],
  );
  const spans = memory.getFinishedSpans();
  const of = (name: string) => spans.find((span) => span.name === name)?.attributes ?? {};
  assert.equal(
    [of('delivery')['flowdeck.outcome'], of('delivery')['flowdeck.delivery'], of('delivery')['flowdeck.flow']],
    ['accepted', 'e1', 'hears'],
  );
  assert.is(of('run hears')['flowdeck.status'], 'success');
  await hosted.deliver('e1', 'hello');
  const { url } = hosted.service.latest;
  await hosted.send(url, 'forged');
  const delivered = (outcome: string, status: number) =>
    sums.get(
      `flowdeck.deliveries {"flowdeck.flow":"hears","flowdeck.outcome":"${outcome}","flowdeck.status":"${status}"}`,
    );
  assert.equal([delivered('accepted', 200), delivered('repeated', 200), delivered('refused', 401)], [1, 1, 1]);
  const observed = new Map<string, number>();
  for (const [name, callbacks] of gauges) {
    for (const callback of callbacks) await callback({ observe: (value: number) => void observed.set(name, value) });
  }
  assert.equal([...observed.keys()].sort(), ['flowdeck.events.waiting', 'flowdeck.runs.active']);
  await hosted.host.stop();
  assert.ok(
    [...gauges.values()].every((callbacks) => callbacks.length === 0),
    'nothing holds a host that has stopped',
  );
});

test('a run that fails is a span that failed, and its event is counted as parked', async () => {
  const hosted = hearing(SIGNED, { host: { openTelemetry } });
  const { host } = hosted;
  await host.start();
  await host.turn('hears', true);
  await until(() => host.flows()[0]?.webhook?.phase === 'on');
  await hosted.deliver('e2', 'fail');
  await until(() => host.parked.list().length === 1);
  const run = memory.getFinishedSpans().find((span) => span.name === 'run hears');
  assert.is(run?.status.code, openTelemetry.SpanStatusCode.ERROR);
  assert.is(sums.get('flowdeck.events.parked {"flowdeck.flow":"hears"}'), 1);
  await host.stop();
});

test('a run at its moment is of nobody, whoever turned its schedule on; one for a caller is of the caller', async () => {
  const { host, clock } = served({ openTelemetry });
  const handle = createHandler(host);
  await host.start();
  const tracer = openTelemetry.trace.getTracer('program');
  await tracer.startActiveSpan('of the program', async (span) => {
    const { token } = await host.turn('plain', true);
    await host.turn('hourly', true);
    await handle(new Request(`http://host.test/run/plain?clientToken=${token}`, { method: 'POST', body: '{"n":1}' }));
    span.end();
  });
  // Timers go off in what goes on around the clock.
  await tracer.startActiveSpan('of a bystander', (span) => clock.advance(3_600_000).finally(() => span.end()));
  assert.equal(
    [...tree()].sort(([, a], [, b]) => a.localeCompare(b)),
    [
      [undefined, 'of a bystander'],
      [undefined, 'of the program'],
      [undefined, 'run hourly'],
      ['of the program', 'run plain'],
    ],
  );
  await host.stop();
});

test.run();
