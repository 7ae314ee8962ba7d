/** Looking at documents without running them. */
export { cardsOf, type InspectedFlow, type Inspection, inspectDocument } from './inspect.js';
