import { capacity } from './capacity.js';
import { chanceLevel } from './chance-level.js';
import { classImbalance } from './class-imbalance.js';
import { classOverlap } from './class-overlap.js';
import { collapse } from './collapse.js';
import type { FindingModule } from './context.js';
import { dimension } from './dimension.js';
import { duplicates } from './duplicates.js';
import { filterSensitivity } from './filter-sensitivity.js';
import { generalisationGap } from './generalisation-gap.js';
import { granularity } from './granularity.js';
import { hiddenGroups } from './hidden-groups.js';
import { identifierColumns } from './identifier-columns.js';
import { labelNoise } from './label-noise.js';
import { lossBalance } from './loss-balance.js';
import { metricChoice } from './metric-choice.js';
import { noiseLabel } from './noise-label.js';
import { oneCloud } from './one-cloud.js';
import { otherGroups } from './other-groups.js';
import { outliers } from './outliers.js';
import { outputReach } from './output-reach.js';
import { placeholderValues } from './placeholder-values.js';
import { positivePairs } from './positive-pairs.js';
import { scale } from './scale.js';
import { shape } from './shape.js';
import { signatureSeparation } from './signature-separation.js';
import { singletonClasses } from './singleton-classes.js';
import { spaceMismatch } from './space-mismatch.js';
import { uninformativeColumns } from './uninformative-columns.js';

/** Every finding, in the order in which it is computed and reported. */
export const FINDINGS: readonly FindingModule[] = [
  classImbalance,
  singletonClasses,
  noiseLabel,
  duplicates,
  identifierColumns,
  outliers,
  placeholderValues,
  scale,
  uninformativeColumns,
  metricChoice,
  dimension,
  chanceLevel,
  signatureSeparation,
  oneCloud,
  classOverlap,
  labelNoise,
  granularity,
  hiddenGroups,
  otherGroups,
  shape,
  filterSensitivity,
  generalisationGap,
  spaceMismatch,
  positivePairs,
  lossBalance,
  outputReach,
  collapse,
  capacity,
];
