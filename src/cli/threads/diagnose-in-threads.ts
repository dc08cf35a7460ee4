import type { FlatMatrix } from '../../core/types.js';
import type { ColumnUse } from '../../data/column-use.js';
import { diagnosisOf } from '../../diagnose/diagnose.js';
import { readContext } from '../../diagnose/diagnose-context.js';
import type { DiagnoseInput, DiagnoseOptions } from '../../diagnose/input-types.js';
import type { Diagnosis } from '../../diagnose/types.js';
import { share } from '../../parallel/share.js';
import type { Terminal } from '../terminal.js';
import type { CallKind } from './calls.js';
import type { ThreadPool } from './thread-pool.js';

/** The costly parts of a diagnosis, the longest first, so that the others fit in beside it. */
const PARTS = ['comparison', 'significance', 'filtered', 'hierarchy'] as const satisfies readonly CallKind[];

/** Multiply-adds of a diagnosis of n rows in d columns, about. */
export function diagnosisWork(
  { rows, columns }: FlatMatrix,
  { sampleSize = 2000, permutations = 200 }: Pick<DiagnoseOptions, 'sampleSize' | 'permutations'>,
): number {
  return Math.min(rows, sampleSize) ** 2 * (columns + permutations);
}

/**
 * `diagnose`, its costly parts by threads where there are some: the same to the last bit, since a
 * part is computed by the same code in whatever thread.
 */
export async function diagnoseInThreads(
  input: DiagnoseInput,
  options: DiagnoseOptions,
  progress: Terminal['progress'],
  pool: ThreadPool | undefined,
  uses: readonly ColumnUse[] | null = null,
): Promise<Diagnosis> {
  const given = readContext(input, {
    ...options,
    onProgress: ({ step, done, total }) => progress(step, done, total),
  } satisfies DiagnoseOptions);
  // What the columns of the file are is known better than what those of the points are.
  const read = uses === null ? given : { ...given, context: { ...given.context, uses } };
  if (pool === undefined) return diagnosisOf(read);
  const { points, labels, spaces, heldOut } = input;
  const shared = share([{ points, labels, spaces, heldOut }, options] as const);
  const compared = heldOut !== undefined || Object.keys(spaces ?? {}).length > 0;
  const kinds = PARTS.filter((kind) => kind !== (compared ? 'significance' : 'comparison'));
  const left = new Set<CallKind>(kinds);
  const tell = () => progress([...left].join(', ') || 'done', kinds.length - left.size, kinds.length);
  const part = async <K extends (typeof PARTS)[number]>(kind: K) => {
    const result = await pool.run(kind, shared);
    left.delete(kind);
    tell();
    // The comparison brings the significance along, which it needs itself.
    const parts = kind === 'comparison' ? (result as object) : { [kind]: result };
    return Object.entries(parts).map(([name, value]) => [name, () => value] as const);
  };
  tell();
  const parts = Object.fromEntries((await Promise.all(kinds.map(part))).flat());
  return diagnosisOf({ ...read, context: { ...read.context, ...parts } });
}
