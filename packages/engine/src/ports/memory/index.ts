export { systemClock } from './clock.js';
export { fixedConnections } from './connections.js';
export { DEFAULT_FILE_LIMITS, type FileLimits, memoryFiles } from './files.js';
export { silentLogger } from './logger.js';
export { systemIds, systemRandom } from './random.js';
export { memoryTables } from './tables.js';
export { type Changed, TableBook, type TableChange } from './tables-book.js';
export { SYSTEM_COLUMNS } from './tables-layout.js';
export { DEFAULT_TABLE_LIMITS, type TableLimits } from './tables-limits.js';
