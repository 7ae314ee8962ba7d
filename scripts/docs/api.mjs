// Writes what each door of each package gives out to docs/api/, with all types: a change of the public surface shows in
// the diff. `--check` writes nothing and names the reports that are not current.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const folder = join(root, 'docs/api');

/** Every door: an entry of `exports` that has types, as `{ name, folder, types }`. */
export function doors() {
  return readdirSync(join(root, 'packages')).flatMap((directory) => {
    const home = join(root, 'packages', directory);
    const file = join(home, 'package.json');
    if (!existsSync(file)) return [];
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    return Object.entries(manifest.exports ?? {}).flatMap(([path, target]) =>
      target.types ? [{ name: reportName(directory, path), home, types: join(home, target.types) }] : [],
    );
  });
}

/**
 * Compares the reports with the built declarations, or writes them.
 *
 * @returns the names of the reports that differ, and what the extractor had to say.
 */
export function report({ isCheck }) {
  mkdirSync(folder, { recursive: true });
  const known = doors();
  const stale = [];
  const messages = [];
  for (const { name, home, types } of known) {
    const config = ExtractorConfig.prepare({
      configObjectFullPath: join(home, 'api-extractor.json'),
      packageJsonFullPath: join(home, 'package.json'),
      configObject: {
        projectFolder: home,
        mainEntryPointFilePath: types,
        compiler: { overrideTsconfig: compilerOptions(home) },
        apiReport: {
          enabled: true,
          reportFolder: folder,
          reportTempFolder: join(tmpdir(), 'flowdeck-api'),
          reportFileName: name,
          includeForgottenExports: false,
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        newlineKind: 'lf',
        messages: {
          compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
          extractorMessageReporting: {
            default: { logLevel: ExtractorLogLevel.None },
            'ae-forgotten-export': { logLevel: ExtractorLogLevel.Warning, addToApiReportFile: true },
          },
          tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        },
      },
    });
    const result = Extractor.invoke(config, {
      localBuild: !isCheck,
      showVerboseMessages: false,
      messageCallback(message) {
        message.handled = true;
        if (message.logLevel === ExtractorLogLevel.Error) messages.push(`${name}: ${message.text}`);
      },
    });
    if (result.apiReportChanged) stale.push(name);
  }
  const names = new Set(known.map(({ name }) => `${name}.api.md`));
  for (const file of readdirSync(folder)) {
    if (names.has(file)) continue;
    stale.push(file);
    if (!isCheck) rmSync(join(folder, file));
  }
  return { stale, messages };
}

/** Public names of a report that its sources say nothing about, each after the name that it belongs to. */
export function undocumentedIn(text) {
  let owner = '';
  return text.split('\n').flatMap((line, index, lines) => {
    owner =
      /^(?:export |declare |abstract )*(?:interface|class|type|const|function|enum) ([\w$]+)/.exec(line)?.[1] ?? owner;
    if (!/^\s*\/\/.*\(undocumented\)$/.test(line)) return [];
    const next = lines[index + 1] ?? '';
    return [/^\s/.test(next) ? `${owner}: ${next.trim()}` : next];
  });
}

function reportName(directory, path) {
  return path === '.' ? directory : `${directory}-${path.slice(2).replaceAll('/', '-')}`;
}

/** The declarations alone are read: those of a sibling package are found through its manifest, as a dependent finds them. */
function compilerOptions(home) {
  return {
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2023', 'WebWorker'],
      module: 'NodeNext',
      moduleResolution: 'NodeNext',
      strict: true,
      skipLibCheck: true,
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
    },
    include: [join(home, 'dist/types')],
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const isCheck = process.argv.includes('--check');
  const { stale, messages } = report({ isCheck });
  for (const message of messages) console.error(message);
  for (const name of stale) console.error(isCheck ? `${name} is not current: npm run docs:api` : `${name} written`);
  process.exitCode = messages.length > 0 || (isCheck && stale.length > 0) ? 1 : 0;
}
