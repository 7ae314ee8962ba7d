/** A pack that is never loaded. */
for (;;);
