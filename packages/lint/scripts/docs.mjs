// Writes docs/lint.md from the rules. The tests of the package fail when the page is stale.
import { writeFileSync } from 'node:fs';
import { lintPage } from '../src/testing/page.ts';

writeFileSync(new URL('../../../docs/lint.md', import.meta.url), lintPage());
