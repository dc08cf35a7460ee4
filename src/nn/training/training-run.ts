import { InputError } from '../../core/errors.js';
import type { BestEpoch, EpochRecord, TrainingRecord } from '../../core/training-record.js';

/**
 * A run. It trains while it is iterated over, or to the end by `finish()`; `await run` is the same as
 * `await run.finish()`. JavaScript awaits what an async function returns, so that a run which is to be
 * iterated over elsewhere must be returned inside an object: `return { run }`.
 */
export interface TrainingRun
  extends AsyncGenerator<EpochRecord, TrainingRecord, undefined>,
    PromiseLike<TrainingRecord> {
  /**
   * Trains the epochs that are left, and returns the record.
   *
   * @throws InputError empty after a `break`, which ends a run before its last epoch. It rejects as the
   *   iteration would.
   */
  finish(): Promise<TrainingRecord>;
  /** What was asked for and the epochs finished so far, as plain JSON; also after a break or an error. */
  record(): TrainingRecord;
  /**
   * Puts the weights of the best finished epoch into the model and says which it was.
   *
   * @throws InputError empty when `keepBest` is off or no finished epoch has the total loss that counts.
   */
  restoreBest(): BestEpoch;
}

/** The two methods by which a run is trained without a loop. */
export function finishing(
  epochs: AsyncGenerator<EpochRecord, TrainingRecord, undefined>,
  record: () => TrainingRecord,
): Pick<TrainingRun, 'finish' | 'then'> {
  let failure: { readonly error: unknown } | null = null;
  async function finish(): Promise<TrainingRecord> {
    if (failure !== null) throw failure.error;
    try {
      while ((await epochs.next()).done !== true);
    } catch (error) {
      failure = { error };
      throw error;
    }
    const made = record();
    if (made.epochs.length >= made.epochsAsked) return made;
    throw new InputError(
      'empty',
      `finish: needs a run that goes on, got one that ended after epoch ${made.epochs.length} of ${made.epochsAsked}; ` +
        'resume a new one from a checkpoint',
    );
  }
  // biome-ignore lint/suspicious/noThenProperty: awaiting a run is to train it.
  return { finish, then: (resolve, reject) => finish().then(resolve, reject) };
}
