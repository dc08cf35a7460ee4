import { Rng } from '../src/core/rng.js';
import { diagnose } from '../src/diagnose/diagnose.js';

export interface DiagnosedSize {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  /** Standard deviation inside groups; their centres have 1. */
  readonly spread: number;
  readonly seed: number;
  /** Sizes of the classes; default: equal. */
  readonly sizes?: readonly number[] | undefined;
  readonly sampleSize?: number | undefined;
  readonly permutations?: number | undefined;
}

/** Sizes of 765 classes as in a corpus of words: 555 of one row, 53 of five rows or more. */
export const LONG_TAIL: readonly number[] = Array.from({ length: 765 }, (_, c) =>
  c < 24 ? Math.max(10, Math.round(64 / (1 + 0.35 * c))) : c < 53 ? 5 + (c % 5) : c < 210 ? 2 + (c % 3) : 1,
);

/** Gaussian groups around random centres. */
function world({ n, d, k, spread, seed, sizes }: DiagnosedSize) {
  const rng = new Rng(seed);
  const centres = Array.from({ length: k }, () => Float64Array.from({ length: d }, () => rng.normal()));
  const labels =
    sizes?.flatMap((size, c) => new Array<number>(size).fill(c)) ?? Array.from({ length: n }, (_, i) => i % k);
  const data = new Float64Array(labels.length * d);
  labels.forEach((c, i) => {
    for (let j = 0; j < d; j++) data[i * d + j] = centres[c]![j]! + spread * rng.normal();
  });
  return { points: { data, rows: labels.length, columns: d }, labels };
}

/** Seconds of processor time since the process began, and its highest resident size in MB. */
function used() {
  const { user, system } = process.cpuUsage();
  return { seconds: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 };
}

/** One diagnosis in this process: processor time, by step too, and peak memory, the input included. */
export function diagnoseOnce(size: DiagnosedSize) {
  const input = world(size);
  const start = used().seconds;
  const steps: { step: string; seconds: number }[] = [];
  let [step, since] = ['reading', start];
  const close = () => {
    const now = used().seconds;
    steps.push({ step, seconds: now - since });
    since = now;
  };
  const { sampleSize, permutations } = size;
  const { answer } = diagnose(input, {
    ...(sampleSize === undefined ? {} : { sampleSize }),
    ...(permutations === undefined ? {} : { permutations }),
    onProgress: (progress) => {
      close();
      step = progress.step;
    },
  });
  close();
  const { seconds, megabytes } = used();
  return { seconds: seconds - start, megabytes, verdict: answer.verdict, steps };
}
