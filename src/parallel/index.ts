export type { ParallelOptions, Progress } from './control.js';
export { neighborAgreement } from './neighbor-agreement.js';
export { pairwiseDistances } from './pairwise-distances.js';
export { significance } from './significance.js';
export { silhouette } from './silhouette.js';
