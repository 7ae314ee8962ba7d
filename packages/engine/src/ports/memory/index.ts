export { systemClock } from './clock.js';
export { fixedConnections } from './connections.js';
export { memoryFiles } from './files.js';
export { silentLogger } from './logger.js';
export { systemIds, systemRandom } from './random.js';
export { memoryTables } from './tables.js';
