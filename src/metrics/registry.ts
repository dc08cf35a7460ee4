import type { Dataset } from '../data/dataset.js';
import { calinskiHarabasz } from './internal/calinski-harabasz.js';
import { daviesBouldin } from './internal/davies-bouldin.js';
import { dbcv } from './internal/dbcv.js';
import { dunn } from './internal/dunn.js';
import { medoidSilhouette } from './internal/medoid-silhouette.js';
import { neighborAgreement } from './internal/neighbor-agreement.js';
import { silhouette } from './internal/silhouette.js';
import { simplifiedSilhouette } from './internal/simplified-silhouette.js';
import { xieBeni } from './internal/xie-beni.js';

/** An index of points and labels, with what a table of results needs to know about it. */
export interface InternalMetric {
  readonly name: string;
  /** The index with its default options. */
  readonly score: (dataset: Dataset) => number;
  readonly direction: 'higher' | 'lower';
  readonly range: readonly [number, number];
  /** What the score does when every row is written twice: it is a mean over rows, or it changes. */
  readonly duplication: 'same' | 'changes';
}

/** Every internal index, by name. */
export const internalMetrics: readonly InternalMetric[] = [
  {
    name: 'silhouette',
    score: (data) => silhouette(data).score,
    direction: 'higher',
    range: [-1, 1],
    duplication: 'changes',
  },
  {
    name: 'simplifiedSilhouette',
    score: (data) => simplifiedSilhouette(data).score,
    direction: 'higher',
    range: [-1, 1],
    duplication: 'same',
  },
  {
    name: 'medoidSilhouette',
    score: (data) => medoidSilhouette(data).score,
    direction: 'higher',
    range: [-1, 1],
    duplication: 'same',
  },
  {
    name: 'neighborAgreement',
    score: (data) => neighborAgreement(data).score,
    direction: 'higher',
    range: [0, 1],
    duplication: 'changes',
  },
  {
    name: 'daviesBouldin',
    score: (data) => daviesBouldin(data).score,
    direction: 'lower',
    range: [0, Infinity],
    duplication: 'same',
  },
  {
    name: 'calinskiHarabasz',
    score: (data) => calinskiHarabasz(data).score,
    direction: 'higher',
    range: [0, Infinity],
    duplication: 'changes',
  },
  {
    name: 'dunn',
    score: (data) => dunn(data).score,
    direction: 'higher',
    range: [0, Infinity],
    duplication: 'same',
  },
  {
    name: 'xieBeni',
    score: (data) => xieBeni(data).score,
    direction: 'lower',
    range: [0, Infinity],
    duplication: 'same',
  },
  { name: 'dbcv', score: (data) => dbcv(data).score, direction: 'higher', range: [-1, 1], duplication: 'changes' },
];
