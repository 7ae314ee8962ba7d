/** Every command that reads something is driven through everything that cannot be read: a clear error, never a stack. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeckIn, flowOf, GREET, type Ran } from '../../test/support.js';
import { COMMANDS } from './table.js';

/** What is there. Each is good for something, and `GREET` for everything. */
const FILES = {
  'good.flow.json': GREET,
  'empty.flow.json': '',
  'binary.flow.json': Uint8Array.from({ length: 256 }, (_, byte) => byte),
  'half.flow.json': '{"flowdeck": 1, "id": "a", "type": "manual", "cards": [',
  'list.flow.json': [1, 2, 3],
  'number.flow.json': '12345678901234567890',
  'null.flow.json': 'null',
  'later.flow.json': '{"flowdeck": 2, "id": "a"}',
  'unknown.flow.json': flowOf([{ card: 'nobody.knows' }]),
  'export.flopack': '{"type": "flopack"}',
  'empty.flopack': '',
  'directory/readme.md': 'no flow',
};

/** Paths that no command can work with, and `-`, where nothing is piped in. */
const BAD = [
  'gone.flow.json',
  'good.flow.json/inside',
  'directory',
  'empty.flow.json',
  'binary.flow.json',
  'half.flow.json',
  'list.flow.json',
  'number.flow.json',
  'null.flow.json',
  'later.flow.json',
  'empty.flopack',
  'a\u0000b',
  '-',
  '',
];

/** How a path is handed to each command and option. `NAME` stands for the path. */
const WAYS: readonly (readonly string[])[] = [
  ['serve', 'NAME'],
  ['work', 'NAME', '--runtime', 'journal:runs'],
  ['flows', 'list', '--admin-token-file', 'NAME'],
  ['runs', 'list', '--admin-token-file', 'NAME'],
  ['run', 'NAME'],
  ['run', 'good.flow.json', '--inputs', 'NAME'],
  ['run', 'good.flow.json', '--input', 'name=Ada', '--connection', 'c=NAME'],
  ['run', 'good.flow.json', '--input', 'name=Ada', '--pack', './NAME'],
  ['run', 'good.flow.json', '--input', 'name=Ada', '--table', 't=NAME'],
  ['run', 'good.flow.json', '--input', 'name=Ada', '--simulate', '--mock', 'NAME'],
  ['run', 'NAME', '--simulate'],
  ['validate', 'NAME'],
  ['test', 'NAME'],
  ['inspect', 'NAME'],
  ['graph', 'NAME'],
  ['diff', 'NAME', 'good.flow.json'],
  ['diff', 'good.flow.json', 'NAME'],
  ['import', 'NAME', '-o', 'out'],
  ['export', 'NAME', '-o', 'out.flopack'],
  ['connection', 'test', 'NAME'],
];

/** What a command may say of something that cannot be used: 2 wrong use, 3 a faulty document. */
const REFUSING = new Set([2, 3]);

function assertClear({ code, stdout, stderr }: Ran, argv: readonly string[]): void {
  const all = stdout + stderr;
  const what = `${argv.join(' ')}\n${all.slice(0, 500)}`;
  assert.ok(REFUSING.has(code), `exit code ${code}: ${what}`);
  assert.not.match(all, /\n\s+at .*:\d+:\d+\)?\n/, what);
  assert.not.match(all, /internal|TypeError|undefined|\[object /, what);
}

for (const way of WAYS) {
  test(`flowdeck ${way.join(' ')}`, async () => {
    const tellsJson = COMMANDS.some(
      ({ name, options }) => name === way[0] && options.some((each) => each.name === 'json'),
    );
    for (const bad of BAD) {
      const argv = way.map((part) => part.replace('NAME', bad));
      const plain = await flowdeckIn(FILES, argv);
      assertClear(plain, argv);
      assert.match(plain.stderr, /error: .+\[[a-z0-9-]+\]\n/, argv.join(' '));
      if (!tellsJson) continue;
      const json = await flowdeckIn(FILES, [...argv, '--json']);
      assertClear(json, argv);
      assert.is(json.code, plain.code, argv.join(' '));
      assert.is(json.stderr, '', argv.join(' '));
      const { error, diagnostics } = JSON.parse(json.stdout);
      const code = error?.code ?? diagnostics?.find((each: { severity: string }) => each.severity === 'error')?.code;
      assert.type(code, 'string', argv.join(' '));
    }
  });
}

test('every command that takes files or values is tried', () => {
  const tried = new Set(WAYS.map(([name]) => name));
  // These take no file to read; what connectors are told of bad files stands with their tests.
  const others = ['cards', 'schema', 'connector', 'fake'];
  assert.equal(
    COMMANDS.map(({ name }) => name).filter((name) => !tried.has(name)),
    others,
  );
});

/** Options whose values are numbers or words of a list, with what is neither. */
const VALUES = ['', ' ', '-1', '0x', '1e999', '99999999999999999999', 'NaN', 'a'.repeat(5_000), '\u0000', '../..'];
/** Any text is right for these: names, patterns, hosts, titles. */
const ANY_TEXT = new Set(['seed', 'flow', 'filter', 'tag']);

for (const { name, options, operands } of COMMANDS) {
  test(`flowdeck ${name}: options that there are not, come without a value, or twice, and too many operands`, async () => {
    const refused = async (argv: readonly string[]) => {
      const ran = await flowdeckIn(FILES, [name, ...argv]);
      assert.is(ran.code, 2, `${name} ${argv.join(' ')}: ${ran.stderr}`);
      assertClear(ran, argv);
      return ran.stderr;
    };
    const least = Array.from({ length: operands.least }, () => 'good.flow.json');
    assert.match(await refused([...least, '--jsn']), /unknown-option/);
    assert.match(await refused([...least, '-Q']), /unknown-option/);
    assert.match(await refused([...least, '--help=yes']), /option-value/);
    if (operands.least > 0) assert.match(await refused([]), /operands/);
    if (operands.most < 10) {
      assert.match(await refused(Array.from({ length: operands.most + 1 }, () => 'good.flow.json')), /operands/);
    }
    for (const option of options) {
      if (option.value === undefined) continue;
      assert.match(await refused([...least, `--${option.name}`]), /option-value/);
      if (option.multiple !== true) {
        const twice = [`--${option.name}`, 'a', `--${option.name}`, 'b'];
        assert.match(await refused([...least, ...twice]), /option-repeated/);
      }
    }
  });

  test(`flowdeck ${name}: no value of an option makes it fail in an unknown way`, async () => {
    const least =
      name === 'connection'
        ? ['test', 'good.flow.json']
        : Array.from({ length: operands.least }, () => 'good.flow.json');
    for (const option of options) {
      if (option.value === undefined || ANY_TEXT.has(option.name)) continue;
      for (const value of VALUES) {
        const argv = [name, ...least, `--${option.name}`, value];
        const { code, stdout, stderr } = await flowdeckIn(FILES, argv);
        const what = `${argv.join(' ').slice(0, 200)}: ${code} ${stderr.slice(0, 300)}`;
        assert.not.match(stdout + stderr, /\[internal\]|TypeError|\n\s+at .*:\d+:\d+\)?\n/, what);
        assert.ok(code === 0 || REFUSING.has(code), what);
      }
    }
  });
}

test.run();
