// Stands for uvu in the program: keeps the tests of a file in place of running them.

/** Tests so far, as `{ name, run }`; whoever imports a file of tests takes them. */
export const collected = [];

export function suite(title = '') {
  let own = fresh();
  const add = (name, run) => own.tests.push({ name: title === '' ? name : `${title}: ${name}`, run });
  const test = (name, run) => add(name, run);
  test.only = test;
  test.skip = () => {};
  test.before = (hook) => own.before.push(hook);
  test.after = (hook) => own.after.push(hook);
  test.before.each = test.before;
  test.after.each = test.after;
  test.run = () => {
    for (const { name, run } of own.tests) collected.push({ name, run: around(own, run) });
    own = fresh();
  };
  return test;
}

export const test = suite();

function fresh() {
  return { tests: [], before: [], after: [] };
}

/** Each test runs by itself, so the hooks of its file run around every one. */
function around({ before, after }, run) {
  return async () => {
    const context = {};
    for (const hook of before) await hook(context);
    try {
      await run(context);
    } finally {
      for (const hook of after) await hook(context);
    }
  };
}
