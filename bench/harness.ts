import { cpus } from 'node:os';

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

function milliseconds(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
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
