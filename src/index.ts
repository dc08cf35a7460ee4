export {
  ClusterlensError,
  type ErrorCode,
  GradientError,
  InputError,
  ShapeError,
  UndefinedMetricError,
} from './core/errors.js';
export type { FlatMatrix, Label, Labels, MatrixLike, Points } from './core/types.js';
export { type Dataset, type DatasetOptions, dataset } from './data/dataset.js';
