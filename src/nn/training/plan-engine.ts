import { gradients } from '../gradients.js';
import { fusedOf } from '../losses/fused-loss.js';
import { distinctParameters } from '../module.js';
import type { Batch } from '../objective.js';
import { clipFactor } from '../optimizers/clip-gradient.js';
import { hasProduct, makePlan } from '../plan/make-plan.js';
import { parameterStore } from '../plan/parameter-store.js';
import type { Plan } from '../plan/plan.js';
import { plannedMoments, plannedOptimizer } from '../plan/planned-optimizer.js';
import { difference, NO_TENSORS, READS, type Trace, traceOnce } from '../plan/trace.js';
import { undisturbed } from '../plan/undisturbed.js';
import { noGrad } from '../record.js';
import { showShape } from '../shape.js';
import { Tensor, tapeOf } from '../tensor.js';
import type { Trainable } from '../trainable.js';
import { DivergenceError, type DivergenceSite } from './divergence-error.js';
import type { EagerEngineOptions } from './eager-engine.js';
import type { Engine, StepRequest } from './engine.js';
import { flatParameters } from './flat-parameters.js';
import { guarded } from './guarded.js';
import { noPlan, PlanFailure } from './plan-failure.js';
import { probeGradients } from './probe-gradients.js';
import { acts, type Measured, type ObjectiveRun, runObjective } from './run-objective.js';

/** A term that depends on the weights otherwise than through the outputs: a plan has its own copy of them. */
function onOutputsOnly(name: string, loss: Tensor, outputs: ReadonlyMap<string, Tensor>): void {
  const leaves = new Set(outputs.values());
  if (tapeOf(loss).every((at) => at.node !== null || leaves.has(at))) return;
  throw new PlanFailure(
    `the term '${name}' reads a weight`,
    `with engine 'plan' every term must depend on the weights through the outputs only, got '${name}' that reads a weight`,
  );
}

/** An engine that has something to say from time to time. */
export interface PlanEngine extends Engine {
  /** Remembers weights and optimiser; the function returned puts them back. Cost: one copy in float32. */
  remember(): () => void;
  /** What there is to say since the last call. */
  notes(): string[];
}

/** A plan with the trace that it was made from, and the rows and the epoch of its last comparison with the tape. */
interface Held {
  readonly plan: Plan;
  readonly trace: Trace;
  readonly points: Tensor;
  readonly epoch: number;
}

export interface PlanEngineOptions<Outputs> extends EagerEngineOptions<Outputs> {
  /** Which kernels run; default SIMD where there is. Both give the same bits. */
  readonly kernels?: 'simd' | 'plain' | undefined;
}

/**
 * Steps by a plan in float32: the model by kernels; losses of this library in the same memory, others on
 * the tape with the outputs as its leaves. Weights live in the memory of the plan from `setTraining(true)` to `setTraining(false)`.
 *
 * @param first a batch to make the first plan for, in epoch `firstEpoch`; the model is in training mode.
 * @throws PlanFailure where no plan can be made, or where it stops doing what the tape does.
 */
export function planEngine<Outputs>(
  model: Trainable<Outputs>,
  options: PlanEngineOptions<Outputs>,
  first: Batch,
  firstEpoch = 1,
): PlanEngine {
  const { objectives, optimizer, clipNorm } = options;
  const named = distinctParameters(model.namedParameters());
  const flat = flatParameters(named);
  const store = parameterStore(named, plannedMoments(optimizer), options.kernels, options.undecayed);
  const { kernels } = store.memory;
  const updates = plannedOptimizer(optimizer, store, flat.stretchesOf(options.undecayed ?? new Set()));
  const shared = distinctParameters(model.sharedParameters?.() ?? named).map(([, tensor]) => tensor);
  const losses = objectives.map(({ loss }) => fusedOf(loss));
  const plans = new Map<string, Held>();
  const said: string[] = [];
  /** By mode, the epoch in which a plan was last compared with the tape. */
  const compared = new Map<boolean, number>();
  let training = true;
  /** Whether the store is ahead of the tensors. */
  let ahead = false;

  const sync = () => {
    if (ahead) store.store();
    ahead = false;
  };
  /** One pass on the tape, with the weights of now. */
  const traced = (points: Tensor): Trace | null => {
    sync();
    return undisturbed(model, () => traceOnce(model, points));
  };
  const changeOf = (trace: Trace, now: Trace | null) =>
    now === null ? NO_TENSORS : (difference(trace, now) ?? (now.reads ? READS : null));

  function newPlan({ points }: Batch, epoch: number): Held {
    sync();
    const made = makePlan(model, points, { store, training, losses });
    if ('reason' in made) throw noPlan(made.reason);
    const held = { ...made, points, epoch };
    plans.set(keyOf(points), held);
    return held;
  }

  const keyOf = ({ shape }: Tensor) => `${training} ${showShape(shape)}`;

  /**
   * The plan for a batch. On the first batch of an epoch and of an evaluation the tape runs too: what has
   * changed since with time is planned anew; what is another for another batch has no plan.
   */
  function planFor(batch: Batch, epoch: number, verify = false): Plan {
    const held = plans.get(keyOf(batch.points));
    if (held === undefined) return newPlan(batch, epoch).plan;
    if (!verify && (held.epoch === epoch || compared.get(training) === epoch)) return held.plan;
    const now = traced(batch.points);
    const change = changeOf(held.trace, now);
    if (change === null) {
      Object.assign(held, { points: batch.points, epoch });
      compared.set(training, epoch);
      return held.plan;
    }
    if (verify) throw noPlan(`${change} within epoch ${epoch}`);
    const then = traced(held.points);
    const withTime = now !== null && then !== null && difference(then, now) === null;
    if (!withTime) throw noPlan(`${change} from batch to batch`);
    plans.clear();
    said.push(`from epoch ${epoch} on the model is planned anew, since ${change}`);
    return newPlan(batch, epoch).plan;
  }

  const begun = newPlan(first, firstEpoch).plan;
  if (!hasProduct(begun)) throw noPlan('it has no matrix product for which there is a kernel');
  store.load();

  function forward(batch: Batch, at: Omit<DivergenceSite, 'loss'>, verify = false) {
    const plan = planFor(batch, at.epoch, verify);
    guarded({ ...at, loss: null }, 'the forward pass', () => plan.forward(batch.points));
    // Copied only for terms that run on the tape.
    let copies: ReadonlyMap<string, Tensor> | null = null;
    const outputs = () => {
      copies ??= plan.outputs();
      return copies;
    };
    const given = () => (outputs().has('') ? outputs().get('') : Object.fromEntries(outputs())) as Outputs;
    return { plan, outputs, ...runObjective(objectives, given, batch, at, (term) => plan.terms[term]!) };
  }

  /** Gradients of what was measured by all parameters, into the store. */
  function differentiate(
    plan: Plan,
    { sum, fused }: Pick<ObjectiveRun, 'sum' | 'fused'>,
    outputs: () => ReadonlyMap<string, Tensor>,
  ): void {
    const given = new Map<string, Float64Array>();
    if (sum?.requiresGrad === true) {
      const leaves = new Set(outputs().values());
      const names = [...outputs().keys()];
      gradients(sum, [...leaves]).forEach((part, i) => {
        given.set(names[i]!, part);
      });
    }
    for (const tensor of store.tensors) {
      if (!plan.reached.has(tensor)) {
        const start = store.gradientOf(tensor) >> 2;
        store.floats().fill(0, start, start + tensor.size);
      }
    }
    plan.backward(given, fused);
  }

  function sharedGradients(plan: Plan, loss: Measured, outputs: () => ReadonlyMap<string, Tensor>): Float64Array[] {
    const alone = loss instanceof Tensor ? { sum: loss, fused: [] } : { sum: null, fused: [{ term: loss, scale: 1 }] };
    differentiate(plan, alone, outputs);
    return shared.map((tensor) => {
      const start = store.gradientOf(tensor) >> 2;
      return new Float64Array(store.floats().subarray(start, start + tensor.size));
    });
  }

  /** Returns the joint norm of the gradient. */
  function update(site: DivergenceSite, factor: number): number {
    const { gradient, padded, size, floats, parameters } = store;
    const lost = (what: 'gradient' | 'weights', place: number) => {
      const bad = flat.firstNotFinite(new Float64Array(floats().subarray(place >> 2, (place >> 2) + size)));
      return new DivergenceError(
        { ...site, inUpdate: what === 'weights' },
        `the ${what} must stay finite, got ${bad?.value} at element ${bad?.element} of ${bad?.name}`,
      );
    };
    if (kernels.allFinite(gradient, padded) === 0) throw lost('gradient', gradient);
    const norm = Math.sqrt(kernels.sumOfSquares(gradient, padded));
    if (clipNorm !== null) {
      const scale = clipFactor(norm, clipNorm);
      if (scale < 1) kernels.affine(gradient, gradient, padded, scale, 0);
    }
    if (updates.update(factor)) return norm;
    const error = lost('weights', parameters);
    updates.undo();
    throw error;
  }

  return {
    kind: 'plan',
    notes: () => said.splice(0),
    remember() {
      const values = store.floats().slice(store.parameters >> 2, store.arena >> 2);
      const restoreOptimizer = updates.remember();
      return () => {
        store.floats().set(values, store.parameters >> 2);
        restoreOptimizer();
        ahead = true;
      };
    },
    step(batch, { epoch, batch: position, factor, probe: probed, verify }: StepRequest) {
      const site = { epoch, batch: position, loss: null };
      const run = forward(batch, { epoch, batch: position }, verify);
      const { plan, outputs, result } = run;
      for (const { name, loss } of run.losses) if (loss instanceof Tensor) onOutputsOnly(name, loss, outputs());
      const gradientsOf = (loss: Measured) => sharedGradients(plan, loss, outputs);
      const probe = probed
        ? guarded(site, 'the gradient of each loss', () => probeGradients(run.losses, gradientsOf, position))
        : null;
      const stepped = acts(run);
      let gradientNorm: number | null = null;
      if (stepped) {
        guarded(site, 'the gradient', () => differentiate(plan, run, outputs));
        ahead = true;
        gradientNorm = update(site, factor);
      }
      return { ...result, probe, stepped, gradientNorm };
    },
    evaluate(batch, epoch) {
      planFor(batch, epoch); // A plan is made from a tape.
      return noGrad(() => forward(batch, { epoch, batch: null }).result);
    },
    setTraining(on) {
      if (!on) sync();
      training = on;
      model.setTraining(on);
      if (on) store.load();
    },
    async lend(work) {
      sync();
      await work();
      store.load();
    },
    weights() {
      sync();
      return flat.readWeights(new Float64Array(flat.size));
    },
    setWeights(values) {
      flat.writeWeights(values);
      store.load();
      ahead = false;
    },
    optimizerState() {
      let moments: ReturnType<typeof updates.state>['moments'] | undefined;
      return {
        step: updates.step,
        // Copied only when somebody looks.
        get moments() {
          moments ??= updates.state().moments;
          return moments;
        },
      };
    },
    setOptimizerState: updates.setState,
  };
}
