/** A page in one file: it loads nothing, and a strict Content-Security-Policy in it says so. */
import { html, Markup } from './html.js';
import { script, scriptHash, style, styleHash } from './page.generated.js';

/** What a page is made of. */
export interface PageParts {
  readonly title: string;
  readonly body: Markup;
  /** Data of the script, in elements of their own. Null: the page has no script. */
  readonly data: Markup | null;
}

/** The whole file. Its script and style are known by their hashes, and nothing else may run or be fetched. */
export function pageOf({ title, body, data }: PageParts): string {
  const scripts = data === null ? "'none'" : `'sha256-${scriptHash}'`;
  const policy = `default-src 'none'; script-src ${scripts}; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
${body}
${data}
${data === null ? null : new Markup(`<script>${script}</script>`)}
</body>
</html>
`.text;
}
