import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

/** One way of answering the question of a bench. `run` returns the answer, so that it can be compared. */
export interface Contender {
  readonly name: string;
  readonly run: () => number | Promise<number>;
  /** Agrees with the first contender to this tolerance, relative to the answer or to 1. Default 1e-9. */
  readonly tolerance?: number | undefined;
}

export interface Row {
  readonly name: string;
  readonly minimumMs: number;
  readonly medianMs: number;
  /** Median of this contender over the median of the first: above 1 is slower than ours. */
  readonly ratio: number;
  readonly answer: number;
}

export interface Comparison {
  readonly question: string;
  readonly size: string;
  readonly rounds: number;
  readonly rows: readonly Row[];
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly date: string;
  /** Versions of what ran outside Node. */
  readonly python?: string;
}

export function machine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Times contenders in turn, A B C A B C ..., after one warm-up round in which all must give the
 * answer of the first.
 */
export async function compare(
  question: string,
  size: string,
  contenders: readonly Contender[],
  rounds = 5,
): Promise<Comparison> {
  const answers: number[] = [];
  for (const { name, run, tolerance = 1e-9 } of contenders) {
    const answer = await run();
    const expected = answers[0] ?? answer;
    if (!(Math.abs(answer - expected) <= tolerance * Math.max(Math.abs(expected), 1))) {
      throw new Error(`${question} (${size}): ${name} answers ${answer}, ${contenders[0]?.name} ${expected}`);
    }
    answers.push(answer);
  }
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { run }] of contenders.entries()) {
      const start = performance.now();
      await run();
      times[index]!.push(performance.now() - start);
    }
  }
  const first = median(times[0]!);
  const rows = contenders.map(({ name }, index) => ({
    name,
    minimumMs: Math.min(...times[index]!),
    medianMs: median(times[index]!),
    ratio: median(times[index]!) / first,
    answer: answers[index]!,
  }));
  return { question, size, rounds, rows };
}

/** How the time of one contender grows: time ~ n^exponent, fitted to the medians of several sizes. */
export interface Growth {
  readonly question: string;
  readonly name: string;
  readonly sizes: readonly number[];
  readonly exponent: number;
}

/** One comparison of a bench. */
export interface Task {
  /** Its size, where the bench looks at how times grow. */
  readonly n?: number;
  run(): Promise<Comparison>;
}

/** What a bench found. */
export interface Results {
  readonly comparisons: readonly Comparison[];
  readonly growth: readonly Growth[];
}

/** Least-squares slope of log(median time) over log(n), for every contender that ran at two sizes or more. */
export function growthOf(series: ReadonlyArray<{ readonly n: number; readonly comparison: Comparison }>): Growth[] {
  const names = [...new Set(series.flatMap(({ comparison }) => comparison.rows.map(({ name }) => name)))];
  return names.flatMap((name) => {
    const measured = series.flatMap(({ n, comparison }) =>
      comparison.rows.filter((row) => row.name === name).map(({ medianMs }) => ({ n, medianMs })),
    );
    if (measured.length < 2) return [];
    const x = measured.map(({ n }) => Math.log(n));
    const y = measured.map(({ medianMs }) => Math.log(medianMs));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [mx, my] = [mean(x), mean(y)];
    const slope =
      x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0) /
      x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
    return [{ question: series[0]!.comparison.question, name, sizes: measured.map(({ n }) => n), exponent: slope }];
  });
}

/** Growth as a Markdown table. */
export function growthTable(all: readonly Growth[]): string {
  return [
    '| question | contender | n | time grows as |',
    '|---|---|---|---:|',
    ...all.map(
      ({ question, name, sizes, exponent }) =>
        `| ${question} | ${name} | ${sizes.join(', ')} | n^${exponent.toFixed(2)} |`,
    ),
  ].join('\n');
}

/** Writes results as a whole: to a file beside the target, which then takes its name. */
export function writeResults(name: string, results: Results & { readonly machine: Machine }): void {
  const folder = fileURLToPath(new URL('./results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${name}.json.part`, `${JSON.stringify(results, null, 2)}\n`);
  renameSync(`${folder}${name}.json.part`, `${folder}${name}.json`);
}

function milliseconds(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** Many comparisons as one Markdown table, a row each: our median, and the peers' as multiples of it. */
export function summary(comparisons: readonly Comparison[]): string {
  return [
    '| question | size | ours, ms | peers, times ours |',
    '|---|---|---:|---|',
    ...comparisons.map(({ question, size, rows }) => {
      const [ours, ...others] = rows;
      const peers = others.map(({ name, ratio }) => `${name} ${ratio.toFixed(2)}`).join('; ');
      return `| ${question} | ${size} | ${milliseconds(ours!.medianMs)} | ${peers} |`;
    }),
  ].join('\n');
}

/** The comparison as a Markdown table. */
export function table({ question, size, rounds, rows }: Comparison): string {
  const lines = [
    `**${question}** · ${size} · ${rounds} rounds`,
    '',
    '| contender | min ms | median ms | times ours |',
    '|---|---:|---:|---:|',
    ...rows.map(
      ({ name, minimumMs, medianMs, ratio }) =>
        `| ${name} | ${milliseconds(minimumMs)} | ${milliseconds(medianMs)} | ${ratio.toFixed(2)} |`,
    ),
  ];
  return lines.join('\n');
}
