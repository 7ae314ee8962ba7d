/** OpenTelemetry: a span for every flow and card of a run, and the trace handed on to the services that cards call. */
import type { ErrorData, FlowEvent, HttpInterceptor } from '@flowdeck/engine';
import { context, propagation, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';

/** Give `onEvent` to `engine.on('*', ...)`, `http` to `interceptors: { http: [...] }`. */
export function traceFlows(tracer: Tracer) {
  const spans = new Map<string, Span>(); // under way: executions by their id, cards by execution and card
  const callers = new Map<string, Span | undefined>(); // by the execution that is called
  const under = (span: Span | undefined) => (span ? trace.setSpan(context.active(), span) : context.active());
  const begin = (key: string, name: string, startTime: number, parent: Span | undefined) =>
    spans.set(key, tracer.startSpan(name, { startTime }, under(parent)));
  const end = (key: string, endTime: number, error: ErrorData | null) => {
    if (error) spans.get(key)?.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    spans.get(key)?.end(endTime);
    spans.delete(key);
  };
  const onEvent = (event: FlowEvent) => {
    if (event.type === 'call' && event.phase === 'started') {
      const { callerExecutionId: caller, calleeExecutionId } = event;
      callers.set(calleeExecutionId, spans.get(`${caller} ${event.card}`) ?? spans.get(caller));
    } else if (event.type === 'execution' || event.type === 'card') {
      const key = event.type === 'card' ? `${event.executionId} ${event.card}` : event.executionId;
      const parent = event.type === 'card' ? spans.get(event.executionId) : callers.get(key);
      if (event.phase === 'ended') end(key, event.at, event.error);
      else begin(key, event.type === 'card' ? event.cardType : event.flowName, event.at, parent);
      if (event.type === 'execution') callers.delete(key);
    }
  };
  const http: HttpInterceptor = (request, next, card) => {
    const headers = { ...request.headers };
    propagation.inject(under(spans.get(`${card.executionId} ${card.card}`)), headers);
    return next({ ...request, headers });
  };
  return { onEvent, http };
}
