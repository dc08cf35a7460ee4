import type { TrainingMemory } from '../kernels/training-kernels.js';
import type { FusedLoss, FusedMemory, LossBatch } from '../losses/fused-loss.js';
import type { Loss } from '../losses/loss.js';
import type { Slot } from '../lowering.js';
import type { Graph } from './graph.js';

/** A loss in the memory of a plan. */
export interface FusedTerm {
  /** Name of the output that it looks at. */
  readonly output: string;
  /** Whether that depends on a parameter. */
  readonly requiresGrad: boolean;
  /** Value on what the last forward pass gave. */
  measure(batch: LossBatch): Omit<Loss, 'loss'>;
  /** Adds `scale` times the gradient of what was measured last to that by the output. */
  addGradient(scale: number): void;
}

/** A measured loss, and its share in the objective. */
export interface Weighted {
  readonly term: FusedTerm;
  readonly scale: number;
}

/** Places in a memory, once they are known. */
export interface FusedPlaces {
  readonly memory: TrainingMemory;
  placeOf(key: unknown): number;
  /** Place of the float32 values of an output. */
  valueAt(slot: Slot): number;
}

export interface FusedTerms {
  /** For each loss, in their order; null where it does not fit any output. */
  readonly terms: readonly (FusedTerm | null)[];
  /** The gradient by an output: what is given, with the shares of measured losses. */
  gradient(output: string, given: Float64Array | undefined, measured: readonly Weighted[]): Float64Array | undefined;
}

/** Keys of what an output needs in float64. */
class Doubles {
  readonly values = {};
  readonly gradient = {};
}

/** Says what the losses need while they run, and returns what makes them once it has a place. */
export function fusedTerms(
  { outputs, input }: Graph,
  losses: readonly (FusedLoss | null)[],
  need: (key: unknown, bytes: number) => void,
): (places: FusedPlaces) => FusedTerms {
  const shapes = new Map([...outputs].map(([name, { shape }]) => [name, shape]));
  const doubles = new Map<string, Doubles>();
  const fitting = losses.map((loss) => {
    const name = loss?.output(shapes, input.shape) ?? null;
    if (loss === null || name === null) return null;
    const slot = outputs.get(name)!;
    const own = doubles.get(name) ?? new Doubles();
    doubles.set(name, own);
    const scratch = { loss };
    need(own.values, 8 * slot.size);
    need(own.gradient, 8 * slot.size);
    need(scratch, 8 * loss.scratch(slot.shape));
    return { loss, name, slot, own, scratch };
  });

  return ({ memory, placeOf, valueAt }) => {
    const view = (key: unknown, length: number) => new Float64Array(memory.buffer, placeOf(key), length);

    function place({ loss, name, slot, own, scratch }: NonNullable<(typeof fitting)[number]>): FusedTerm {
      const run = loss.run(slot.shape, memory.kernels);
      let given = new Float32Array(0);
      let at: FusedMemory | null = null;
      const look = () => {
        if (at === null || given.buffer !== memory.buffer) {
          given = new Float32Array(memory.buffer, valueAt(slot), slot.size);
          at = {
            output: view(own.values, slot.size),
            gradient: view(own.gradient, slot.size),
            scratch: view(scratch, loss.scratch(slot.shape)),
            scratchAt: placeOf(scratch),
          };
        }
        return at;
      };
      return {
        output: name,
        requiresGrad: slot.wantsGradient,
        measure(batch) {
          const memory = look();
          memory.output.set(given);
          return run.measure(memory, batch);
        },
        addGradient: (scale) => run.addGradient(look(), scale),
      };
    }

    return {
      terms: fitting.map((found) => (found === null ? null : place(found))),
      gradient(output, given, measured) {
        const acting = measured.filter(({ term }) => term.output === output);
        if (acting.length === 0) return given;
        const sum = view(doubles.get(output)!.gradient, outputs.get(output)!.size);
        if (given === undefined) sum.fill(0);
        else sum.set(given);
        for (const { term, scale } of acting) term.addGradient(scale);
        return sum;
      },
    };
  };
}
