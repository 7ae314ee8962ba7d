// The example of OpenTelemetry: the spans of a run are those of its flows and cards, and a service is told the trace.
import { readFileSync } from 'node:fs';
import { standard } from '@flowdeck/cards';
import { createEngine } from '@flowdeck/engine';
import { context, propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { traceFlows } from '../examples/tracing.ts';

const DECK = {
  flowdeck: 1,
  flows: [
    {
      id: 'main',
      name: 'Main',
      type: 'manual',
      cards: [{ id: 'call', card: 'flow.call', in: { flow: { flow: 'ask' } } }],
    },
    {
      id: 'ask',
      name: 'Ask',
      type: 'helper',
      cards: [{ id: 'get', card: 'http.get', in: { url: 'https://service.example/' } }],
    },
  ],
};

async function traced(status) {
  const memory = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(memory)] });
  const sent = [];
  const http = {
    async request(request) {
      sent.push(request);
      return { status, statusText: '', headers: {}, body: new Uint8Array(), url: request.url };
    },
  };
  const tracing = traceFlows(provider.getTracer('flowdeck'));
  const engine = createEngine({ packs: [standard], ports: { http }, interceptors: { http: [tracing.http] } });
  engine.on('*', tracing.onEvent);
  const result = await engine.run(engine.load(DECK));
  return { spans: memory.getFinishedSpans(), sent, result };
}

/** From the outermost span in, each with the name of its parent. */
function tree(spans) {
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  return spans.map((span) => [names.get(span.parentSpanContext?.spanId), span.name]).reverse();
}

test('flows and cards are spans of one trace, nested as they call each other, and HTTP carries it on', async () => {
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const { spans, sent, result } = await traced(200);
  assert.is(result.status, 'success');
  assert.equal(tree(spans), [
    [undefined, 'Main'],
    ['Main', 'flow.call'],
    ['flow.call', 'Ask'],
    ['Ask', 'http.get'],
  ]);
  assert.is(new Set(spans.map((span) => span.spanContext().traceId)).size, 1);
  const get = spans.find((span) => span.name === 'http.get').spanContext();
  assert.is(sent[0].headers.traceparent, `00-${get.traceId}-${get.spanId}-01`);
  assert.is(trace.getSpan(context.active()), undefined, 'nothing is left open around the run');
});

test('a card that fails, and the flows around it, are spans that failed', async () => {
  const { spans, result } = await traced(500);
  assert.is(result.status, 'error');
  assert.equal(
    spans.map((span) => span.status.code),
    [2, 2, 2, 2],
  );
});

test('it fits into 25 lines, as the page on embedding says', () => {
  const source = readFileSync(new URL('../examples/tracing.ts', import.meta.url), 'utf8');
  const [body] = /^export function traceFlows[\s\S]*?^}$/m.exec(source);
  const lines = body.split('\n').filter((line) => !/^\s*(?:\/\/|$)/.test(line));
  assert.is(lines.length, 25);
});

test.run();
