import { readContext } from '../../diagnose/diagnose-context.js';
import type { DiagnoseInput, DiagnoseOptions } from '../../diagnose/input-types.js';
import { type Claims, claimsOf, type VerifyClaimsOptions } from '../../studies/claims/verify-claims.js';
import { namesInFiles } from '../file-places.js';
import type { LoadedData } from '../load-data.js';
import { pictureNumbers } from '../picture-numbers.js';

type Diagnosed = readonly [input: DiagnoseInput, options: DiagnoseOptions];
type Claimed = readonly [
  data: Pick<LoadedData, 'points' | 'labels' | 'places'>,
  claims: Claims,
  options: VerifyClaimsOptions,
];

const contextOf = ([input, options]: Diagnosed) => readContext(input, options).context;

/** What a thread can be asked for: each takes and gives plain data, the same in whatever thread. */
const CALLS = {
  significance: (of: Diagnosed) => contextOf(of).significance(),
  hierarchy: (of: Diagnosed) => contextOf(of).hierarchy(),
  filtered: (of: Diagnosed) => contextOf(of).filtered(),
  /** The comparison needs the significance of the input, and gives it along. */
  comparison: (of: Diagnosed) => {
    const context = contextOf(of);
    return { comparison: context.comparison(), significance: context.significance() };
  },
  claims: ([{ points, labels, places }, claims, options]: Claimed) =>
    claimsOf([points, labels, claims, options], namesInFiles(places)),
  pictures: (of: Parameters<typeof pictureNumbers>) => pictureNumbers(...of),
};

export type CallKind = keyof typeof CALLS;
export type CallInput<K extends CallKind> = Parameters<(typeof CALLS)[K]>[0];
export type CallResult<K extends CallKind> = ReturnType<(typeof CALLS)[K]>;

/** A call that can be posted to a thread. */
export interface Call<K extends CallKind = CallKind> {
  readonly kind: K;
  readonly input: CallInput<K>;
}

export function perform<K extends CallKind>({ kind, input }: Call<K>): CallResult<K> {
  const compute = CALLS[kind] as (input: CallInput<K>) => CallResult<K>;
  return compute(input);
}
