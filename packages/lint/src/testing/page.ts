/** `docs/lint.md`, made from the rules. */
import { printDocument } from '@flowdeck/engine';
import { RULES, type RuleExample, type RuleInfo } from '../index.js';

export function lintPage(): string {
  const rows = RULES.map(({ id, severity, title }) => `| [\`${id}\`](#${id}) | ${severity} | ${title} |`);
  return `# Lint

What is probably wrong in a flow file although it can be loaded, and what only shows when the flow runs. \`@flowdeck/lint\`
looks at native and imported flows alike; it reads the document and runs nothing.

This page is made from the rules by \`npm run docs --workspace @flowdeck/lint\`. Every example on it is a flow file that the
tests run through all rules: the first of a rule gives one diagnostic, of that rule, and the second gives none.

| rule | severity | |
| --- | --- | --- |
${rows.join('\n')}

## Switching a rule off

Where a diagnostic is meant to stay, say so in the file: on a card, which includes the cards in its blocks, on a flow, or on a
deck.

\`\`\`json
{ "id": "total", "card": "control.assign", "in": { "total": 0 }, "meta": { "lint": { "off": ["lint-unused-assign"] } } }
\`\`\`

For all files alike, the option \`rules\` gives a rule another severity, or turns it \`off\`:

\`\`\`ts
lint(document, { card: (id) => cards.get(id), rules: { 'lint-unused-assign': 'off', 'lint-unhandled-http': 'error' } });
\`\`\`

${RULES.map(section).join('\n')}`;
}

function section({ id, severity, title, explanation, bad, good }: RuleInfo): string {
  return `## ${id}

**${title}** (${severity}). ${explanation}

${example('Found', bad)}
${example('Clean', good)}`;
}

function example(word: string, { title, document }: RuleExample): string {
  return `${word}: ${title}.

\`\`\`json
${printDocument(document).trimEnd()}
\`\`\`
`;
}
