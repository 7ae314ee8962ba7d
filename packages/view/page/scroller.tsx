/** A part that scrolls by itself. It takes the focus, so that the arrow keys scroll it (WCAG 2.1.1). */
import type { ComponentChildren } from 'preact';

export function Scroller({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without the focus, nobody scrolls it by keys
    <section class="wide" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
