import { runsOf } from '../distance/row-runs.js';
import { type ClusterMeans, emptyChunkSums, emptyClusterMeans, meansOf, mergeChunk } from '../kernels/cluster-means.js';
import { clusterChunks } from '../kernels/cluster-order.js';
import type { PreparedSilhouette } from '../metrics/internal/silhouette.js';
import type { Control } from './control.js';
import { runWork } from './run-work.js';
import { sourceInput } from './source-input.js';

/** Rows of a task where a row meets the k clusters only. */
const MANY_ROWS = 1024;

/** Takes in the means of runs of rows, one after the other. */
function collector(total: ClusterMeans): (run: ClusterMeans) => void {
  let at = 0;
  return (run) => {
    total.own.set(run.own, at);
    total.nearest.set(run.nearest, at);
    total.neighbor.set(run.neighbor, at);
    at += run.own.length;
  };
}

/** The means of a prepared silhouette, by threads. */
export async function meansInThreads(prepared: PreparedSilhouette, control: Control): Promise<ClusterMeans> {
  const { where, scope, metric } = prepared;
  const { n, d, k } = scope;
  const work = metric.means(where, scope, prepared);
  switch (work.kind) {
    case 'pairs': {
      const { set } = work;
      const total = emptyChunkSums(n);
      await runWork(
        {
          job: { kind: 'pairs', set },
          tasks: clusterChunks(set.offsets, d),
          pairs: ({ from, to }) => (to - from) * (n - from),
          perPair: d,
          inSteps: true,
          portable: true,
          merge: (sums, chunk) => mergeChunk(set, chunk, total, sums),
        },
        control,
      );
      return meansOf(total, set);
    }
    case 'moments': {
      const { scored, ...input } = work.input;
      const total = emptyClusterMeans(scored.length);
      await runWork(
        {
          job: { kind: 'moments', input },
          tasks: runsOf(scored, MANY_ROWS),
          pairs: (rows) => rows.length * k,
          perPair: d,
          portable: true,
          merge: collector(total),
        },
        control,
      );
      return total;
    }
    case 'rows': {
      const { problem, scored } = work;
      const { source, ...crossing } = sourceInput(where, scope, metric);
      const total = emptyClusterMeans(scored.length);
      await runWork(
        {
          job: { kind: 'means', source, problem },
          tasks: runsOf(scored),
          pairs: (rows) => rows.length * n,
          ...crossing,
          merge: collector(total),
        },
        control,
      );
      return total;
    }
  }
}
