/**
 * Node's own modules. An ES import of one calls every getter of it, and those of `node:fs` load streams: a tenth of the
 * time that a short run takes.
 */
export const {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
  writeSync,
} = process.getBuiltinModule('node:fs');
export const { basename, dirname, extname, isAbsolute, join, relative, resolve } =
  process.getBuiltinModule('node:path');
export const { isUtf8 } = process.getBuiltinModule('node:buffer');
