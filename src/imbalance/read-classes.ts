import type { Dataset } from '../data/dataset.js';
import { isDataset } from '../data/dataset.js';
import { type LabelTable, readLabels } from '../data/labels.js';

/** Labels, or the labels of a dataset, encoded. */
export function readClasses(where: string, labels: unknown): LabelTable {
  if (!isDataset(labels)) return readLabels(where, labels);
  const { labels: codes, classes, counts }: Dataset = labels;
  return { codes, classes, counts };
}
