// Made by scripts/time-model.ts: do not edit.
/** Seconds that one of each of `FEATURES` takes, in their order. */
export const SECONDS: readonly number[] = [1.15, 2760, 0, 0.558, 344, 65.7, 4.44, 0, 0];
