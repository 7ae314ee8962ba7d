/** What resolving calls promises: right for every shape, and work that grows with the calls, not with their square. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Call, CallGraph, type FlowReach } from './call-graph.js';
import { PlanDiagnostics } from './plan-diagnostics.js';
import { Spot } from './spot.js';
import type { FlowPlan } from './types.js';

const call: Call = { card: { card: 't.call' }, spot: Spot.root(), detached: false };

/** Resolves a graph of `size` flows; `calls` tells whom each calls. Counts how often a call was looked at. */
function resolve(size: number, calls: (flow: number) => readonly number[]) {
  // The graph knows its flows by identity, and their ids.
  const flows = Array.from({ length: size }, (_, n) => ({ id: `f${n}` }) as FlowPlan); // see above
  const graph = new CallGraph();
  let looked = 0;
  let edges = 0;
  const sites = flows.map((flow) => graph.add(flow));
  for (const [n, site] of sites.entries()) {
    site.connections.set(`c${n}`, new Set());
    for (const callee of calls(n)) {
      const plan = flows[callee];
      assert.ok(plan);
      CallGraph.note(site, plan, call);
      edges++;
    }
    const keys = site.calls.keys.bind(site.calls);
    site.calls.keys = () => {
      looked += site.calls.size;
      return keys();
    };
  }
  const report = new PlanDiagnostics();
  const given = new Map<string, FlowReach>();
  graph.resolve(report, (flow, reach) => given.set(flow.id, reach));
  return { given, diagnostics: report.diagnostics, looked, edges };
}

test('every flow is given the connections of those that it can reach', () => {
  const { given, diagnostics } = resolve(6, (n) => [[1], [2], [1, 3], [], [3], [5]][n] ?? []);
  const names = (n: number) => [...(given.get(`f${n}`)?.connections.keys() ?? [])].sort();
  assert.equal(names(0), ['c0', 'c1', 'c2', 'c3']);
  assert.equal(names(1), ['c1', 'c2', 'c3']);
  assert.equal(names(2), ['c1', 'c2', 'c3']);
  assert.equal(names(3), ['c3']);
  assert.equal(names(4), ['c3', 'c4']);
  assert.equal(names(5), ['c5']);
  assert.is(diagnostics.length, 3);
});

test('rings, dense graphs and long chains are looked through once or twice, however large', () => {
  const shapes: Readonly<Record<string, readonly [number, (n: number) => readonly number[]]>> = {
    ring: [3_000, (n) => [(n + 1) % 3_000]],
    'ring both ways': [3_000, (n) => [(n + 1) % 3_000, (n + 2_999) % 3_000]],
    dense: [120, () => Array.from({ length: 120 }, (_, n) => n)],
    'dense without circles': [120, (n) => Array.from({ length: n }, (_, callee) => callee)],
    chain: [3_000, (n) => (n === 2_999 ? [] : [n + 1])],
  };
  for (const [name, [size, calls]] of Object.entries(shapes)) {
    const { looked, edges, given } = resolve(size, calls);
    assert.is(given.size, size, name);
    assert.ok(looked <= 2 * edges, `${name}: ${looked} looks at ${edges} calls`);
  }
});

test.run();
