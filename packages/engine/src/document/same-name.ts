/** Whether two names are the same to those who read them. */

/**
 * True: people see no difference. Blanks at the ends do not show, nor whether an accent is a letter of its own (Unicode NFC):
 * exports have both, and a keyboard gives only one.
 */
export function isSameName(name: string | undefined, wanted: string): boolean {
  return name !== undefined && asSeen(name) === asSeen(wanted);
}

function asSeen(name: string): string {
  return name.trim().normalize('NFC');
}
