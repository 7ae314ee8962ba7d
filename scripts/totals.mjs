// What the tasks of one `npm test` come to, from turbo's account of them and from what tests counted.

/**
 * @param tasks What turbo did: `{ taskId, task, execution?: { exitCode } }`; one without an execution was not begun.
 * @param counts Of the tasks that are tests, by `taskId`: `{ passed, failed, skipped }`.
 * @param checks Names of the tasks that count. Others, such as builds, are told only when they fail.
 */
export function totalsOf(tasks, counts, checks) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const { taskId, task, execution } of tasks) {
    const count = counts.get(taskId);
    totals.passed += count?.passed ?? 0;
    totals.failed += count?.failed ?? 0;
    totals.skipped += count?.skipped ?? 0;
    // A check counts as one test. So does a crash that kept tests from being counted, and a task that was never begun.
    if (execution?.exitCode !== 0 && !count?.failed) totals.failed++;
    else if (!count && checks.includes(task)) totals.passed++;
  }
  return totals;
}
