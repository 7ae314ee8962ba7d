/** OpenTelemetry: a span for every flow and card of a run, and the trace handed on to the services that cards call. */
import type { FlowEvent, HttpInterceptor } from '@flowdeck/engine';
import { context, propagation, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';

/** Give `onEvent` to `engine.on('*', ...)`, `http` to `interceptors: { http: [...] }`. */
export function traceFlows(tracer: Tracer) {
  // Under way: cards by execution and id, flows by execution; there stands the card that calls it until the flow begins.
  const spans = new Map<string, Span | undefined>();
  const under = (key: string, span = spans.get(key)) =>
    span === undefined ? context.active() : trace.setSpan(context.active(), span);
  const onEvent = (event: FlowEvent) => {
    if (event.type === 'call' && event.phase === 'started')
      spans.set(event.calleeExecutionId, spans.get(`${event.callerExecutionId} ${event.card}`));
    if (event.type !== 'execution' && event.type !== 'card') return;
    const key = event.type === 'card' ? `${event.executionId} ${event.card}` : event.executionId;
    const name = event.type === 'card' ? event.cardType : event.flowName;
    if (event.phase === 'started') {
      spans.set(key, tracer.startSpan(name, { startTime: event.at }, under(event.executionId)));
    } else {
      if (event.error) spans.get(key)?.setStatus({ code: SpanStatusCode.ERROR, message: event.error.message });
      spans.get(key)?.end(event.at);
      spans.delete(key);
    }
  };
  const http: HttpInterceptor = (request, next, { executionId, card }) => {
    const headers = { ...request.headers };
    propagation.inject(under(`${executionId} ${card}`), headers);
    return next({ ...request, headers });
  };
  return { onEvent, http };
}
