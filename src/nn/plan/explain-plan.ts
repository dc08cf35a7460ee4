import type { Shape } from '../shape.js';
import { showShape } from '../shape.js';
import type { Plan } from './plan.js';

/** One step of a plan. */
export interface ExplainedStep {
  readonly op: string;
  /** Operations of the tape that became this step, in order. */
  readonly fusedFrom: readonly string[];
  readonly inputs: readonly Shape[];
  readonly output: Shape;
  /** Result and what is saved for the backward pass. */
  readonly bytes: number;
  /** Floating-point operations, forward and backward. */
  readonly flops: number;
  /** `simd` or `plain` kernels, which give the same bits, or `eager`: the operation of the tape, on copies. */
  readonly kernel: 'simd' | 'plain' | 'eager';
}

/** Where a term of the objective runs. */
export interface ExplainedTerm {
  readonly name: string;
  /** The output on which the plan runs it, in float64; null: it runs on the tape, on copies of the outputs. */
  readonly output: string | null;
}

/** A plan as plain data. */
export interface PlanExplanation {
  readonly mode: 'training' | 'evaluation';
  readonly steps: readonly ExplainedStep[];
  readonly flops: number;
  /** Room for values, gradients and scratch, in which places are used again. */
  readonly arenaBytes: number;
  /** What they would take side by side. */
  readonly unsharedBytes: number;
  /** Names of the operations without a kernel. */
  readonly eager: readonly string[];
  /** Those that were asked about. */
  readonly terms: readonly ExplainedTerm[];
  /** The same as a table, for printing. */
  readonly table: string;
}

function tableOf(steps: readonly ExplainedStep[], last: string): string {
  const rows = [
    ['step', 'inputs', 'output', 'bytes', 'MFLOP', 'kernel'],
    ...steps.map(({ fusedFrom, inputs, output, bytes, flops, kernel }) => [
      fusedFrom.join(' + '),
      inputs.map(showShape).join(' '),
      showShape(output),
      String(bytes),
      (flops / 1e6).toFixed(3),
      kernel,
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 3 || column === 4 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd(),
  );
  return [...lines, last].join('\n');
}

export function explain({ parts, arenaBytes }: Pick<Plan, 'parts' | 'arenaBytes'>): PlanExplanation {
  const { blocks, training, how } = parts;
  const steps = parts.steps.map(({ node, lowering, hasKernel }): ExplainedStep => {
    const { forward, backward } = lowering.flops(node);
    const wanted = training ? node.inputs.filter(({ wantsGradient }) => wantsGradient).length : 0;
    const matrices = node.inputs.filter(({ wantsGradient, shape }) => wantsGradient && shape.length > 1).length;
    return {
      op: node.node.op.name,
      fusedFrom: node.fused,
      inputs: node.inputs.map(({ shape }) => shape),
      output: node.output.shape,
      bytes: 4 * node.output.size + (lowering.saved?.(node) ?? 0),
      flops: forward + backward * (training ? Math.max(matrices, Math.min(wanted, 1)) : 0),
      kernel: hasKernel ? how : 'eager',
    };
  });
  const flops = steps.reduce((sum, step) => sum + step.flops, 0);
  const unsharedBytes = blocks.reduce((sum, { bytes }) => sum + bytes, 0);
  const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`;
  const last =
    `${steps.length} steps, ${(flops / 1e6).toFixed(2)} MFLOP, arena ${kilobytes(arenaBytes)} ` +
    `for ${kilobytes(unsharedBytes)} of values, gradients and scratch`;
  return {
    mode: training ? 'training' : 'evaluation',
    steps,
    flops,
    arenaBytes,
    unsharedBytes,
    eager: [...new Set(steps.filter(({ kernel }) => kernel === 'eager').map(({ op }) => op))],
    terms: [],
    table: tableOf(steps, last),
  };
}

/** An explanation with the terms of an objective. */
export function withTerms(explanation: PlanExplanation, terms: readonly ExplainedTerm[]): PlanExplanation {
  const lines = terms.map(({ name, output }) => {
    const where = output === null ? 'on the tape' : `in the plan, on ${output === '' ? 'the output' : `'${output}'`}`;
    return `loss '${name}': ${where}`;
  });
  return { ...explanation, terms, table: [explanation.table, ...lines].join('\n') };
}
