import { matrixRows } from '../distance/matrix-rows.js';
import { meansBySource, type RowMeansProblem } from '../distance/mean-distances.js';
import { type Metric, resolveMetric } from '../distance/metric.js';
import { DIRECTED } from '../distance/pairwise-distances.js';
import type { SourceOptions } from '../distance/source.js';
import { type ChunkSums, chunkSteps, type SortedRows } from '../kernels/chunk-means.js';
import { type ClusterMeans, emptyChunkSums } from '../kernels/cluster-means.js';
import type { ClusterChunk } from '../kernels/cluster-order.js';
import { type SquaredClusterMeansInput, squaredClusterMeans } from '../kernels/squared-cluster-means.js';
import { type NearestRows, nearestRows } from '../metrics/internal/nearest-rows.js';
import { type LabelingSums, labelingSummer } from '../studies/significance/labeling-sums.js';

/** Distances to be had in any thread. */
export interface SourceInput {
  /** The function that the user called, for messages. */
  readonly where: string;
  readonly points: Float64Array;
  readonly n: number;
  readonly d: number;
  readonly metric: Metric;
}

interface JobType<Input, Task, Result> {
  readonly input: Input;
  readonly task: Task;
  readonly result: Result;
}

/** What threads do: all tasks of a job have its input. Tasks named by rows are runs of rows. */
interface JobTypes {
  /** Sums over pairs of rows sorted by cluster, each pair once. */
  readonly pairs: JobType<{ readonly set: SortedRows }, ClusterChunk, ChunkSums>;
  /** Mean distances to clusters from their moments. */
  readonly moments: JobType<{ readonly input: Omit<SquaredClusterMeansInput, 'scored'> }, Int32Array, ClusterMeans>;
  /** Mean distances to clusters from all ordered pairs. */
  readonly means: JobType<
    { readonly source: SourceInput; readonly problem: RowMeansProblem },
    Int32Array,
    ClusterMeans
  >;
  /** Nearest other rows. */
  readonly nearest: JobType<{ readonly source: SourceInput; readonly labels: Int32Array }, Int32Array, NearestRows>;
  /** Rows of the distance matrix, those from the diagonal on where it is symmetric. */
  readonly distances: JobType<{ readonly source: SourceInput }, Int32Array, Float64Array>;
  /** Silhouettes and neighbours under several labelings. */
  readonly labelings: JobType<
    { readonly source: SourceInput; readonly labelings: readonly Int32Array[]; readonly counts: Int32Array },
    Int32Array,
    LabelingSums
  >;
}

export type JobKind = keyof JobTypes;
export type Job<K extends JobKind> = { readonly kind: K } & JobTypes[K]['input'];
export type Task<K extends JobKind> = JobTypes[K]['task'];
export type Result<K extends JobKind> = JobTypes[K]['result'];

/** Computes a task in steps, between which a thread can do something else. */
export type Compute<K extends JobKind> = (task: Task<K>) => Generator<void, Result<K>>;

type Open<K extends JobKind> = (job: Job<K>) => Compute<K>;

const open = ({ where, points, n, d, metric }: SourceInput, options?: SourceOptions) =>
  resolveMetric(where, metric, options?.asymmetric).source(where, { points, n, d }, options);

/** A task without steps. */
export const inOneStep = <T, R>(compute: (task: T) => R) =>
  // biome-ignore lint/correctness/useYield: there is nothing to halt between
  function* (task: T): Generator<void, R> {
    return compute(task);
  };

const OPEN: { readonly [K in JobKind]: Open<K> } = {
  pairs({ set }) {
    const n = set.offsets[set.offsets.length - 1]!;
    return function* (chunk) {
      const sums = emptyChunkSums(n);
      yield* chunkSteps(set, chunk, sums);
      return sums;
    };
  },
  moments: ({ input }) => inOneStep((scored) => squaredClusterMeans({ ...input, scored })),
  means({ source, problem }) {
    const distances = open(source);
    return inOneStep((scored) => meansBySource(distances, problem, scored));
  },
  nearest({ source, labels }) {
    const distances = open(source);
    return inOneStep((rows) => nearestRows(distances, labels, rows));
  },
  distances({ source }) {
    const distances = open(source, DIRECTED);
    return inOneStep((rows) => matrixRows(distances, rows));
  },
  labelings({ source, labelings, counts }) {
    return inOneStep(labelingSummer(open(source), labelings, counts));
  },
};

/** Makes a job ready: what comes back computes its tasks, in whatever thread this is. */
export function openJob<K extends JobKind>(job: Job<K>): Compute<K> {
  return OPEN[job.kind](job);
}
