import { fusedOf } from '../losses/fused-loss.js';
import { distinctParameters } from '../module.js';
import type { Batch } from '../objective.js';
import { hasProduct } from '../plan/make-plan.js';
import { parameterStore } from '../plan/parameter-store.js';
import { type PlannedOptimizer, plannedMoments, plannedOptimizer } from '../plan/planned-optimizer.js';
import { noGrad } from '../record.js';
import { Tensor, tapeOf } from '../tensor.js';
import type { Trainable } from '../trainable.js';
import type { DivergenceSite } from './divergence-error.js';
import type { EagerEngineOptions } from './eager-engine.js';
import type { Engine, StepRequest, StepResult } from './engine.js';
import { flatParameters } from './flat-parameters.js';
import { guarded } from './guarded.js';
import { noPlan, PlanFailure } from './plan-failure.js';
import { differentiate, type Forwarded, gradientsOfLoss } from './plan-gradient.js';
import { type Updated, update } from './plan-update.js';
import { newPlan, type PlannedModel, planFor, syncTensors } from './planned-model.js';
import { probeGradients } from './probe-gradients.js';
import { acts, type ObjectiveRun, runObjective } from './run-objective.js';

/** An engine that has something to say from time to time. */
export interface PlanEngine extends Engine {
  /** Remembers weights and optimiser; the function returned puts them back. Cost: one copy in float32. */
  remember(): () => void;
  /** What there is to say since the last call. */
  notes(): string[];
}

export interface PlanEngineOptions<Outputs> extends EagerEngineOptions<Outputs> {
  /** Which kernels run; default SIMD where there is. Both give the same bits. */
  readonly kernels?: 'simd' | 'plain' | undefined;
}

/** All that a step by plan works on. */
interface Training<Outputs> extends PlannedModel, Updated {
  readonly objectives: EagerEngineOptions<Outputs>['objectives'];
  /** Parameters by which the gradients of the terms are compared. */
  readonly shared: readonly Tensor[];
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
  const training = trainingOf(model, options);
  const { store, flat, optimizer, said } = training;
  if (!hasProduct(newPlan(training, first, firstEpoch))) {
    throw noPlan('it has no matrix product for which there is a kernel', false);
  }
  store.load();
  return {
    kind: 'plan',
    notes: () => said.splice(0),
    step: (batch, request) => step(training, batch, request),
    evaluate(batch, epoch) {
      planFor(training, batch, epoch); // A plan is made from a tape.
      return noGrad(() => forward(training, batch, { epoch, batch: null }).result);
    },
    setTraining(on) {
      if (!on) syncTensors(training);
      training.training = on;
      model.setTraining(on);
      if (on) store.load();
    },
    async lend(work) {
      syncTensors(training);
      await work();
      store.load();
    },
    weights() {
      syncTensors(training);
      return flat.readWeights(new Float64Array(flat.size));
    },
    setWeights(values) {
      flat.writeWeights(values);
      store.load();
      training.ahead = false;
    },
    optimizerState: () => lazyState(optimizer),
    setOptimizerState: optimizer.setState,
    remember() {
      const values = store.floats().slice(store.parameters >> 2, store.arena >> 2);
      const restoreOptimizer = optimizer.remember();
      return () => {
        store.floats().set(values, store.parameters >> 2);
        restoreOptimizer();
        training.ahead = true;
      };
    },
  };
}

function trainingOf<Outputs>(model: Trainable<Outputs>, options: PlanEngineOptions<Outputs>): Training<Outputs> {
  const { objectives, optimizer, clipNorm, kernels, undecayed = new Set() } = options;
  const named = distinctParameters(model.namedParameters());
  const flat = flatParameters(named);
  const store = parameterStore(named, plannedMoments(optimizer), kernels, undecayed);
  return {
    model,
    store,
    losses: objectives.map(({ loss }) => fusedOf(loss)),
    plans: new Map(),
    compared: new Map(),
    said: [],
    training: true,
    ahead: false,
    flat,
    optimizer: plannedOptimizer(optimizer, store, flat.stretchesOf(undecayed)),
    clipNorm,
    objectives,
    shared: distinctParameters(model.sharedParameters?.() ?? named).map(([, tensor]) => tensor),
  };
}

function forward<Outputs>(
  training: Training<Outputs>,
  batch: Batch,
  at: Omit<DivergenceSite, 'loss'>,
  verify = false,
): Forwarded & ObjectiveRun {
  const plan = planFor(training, batch, at.epoch, verify);
  guarded({ ...at, loss: null }, 'the forward pass', () => plan.forward(batch.points));
  // Copied only for terms that run on the tape.
  let copies: ReadonlyMap<string, Tensor> | null = null;
  const outputs = () => {
    copies ??= plan.outputs();
    return copies;
  };
  const given = () => (outputs().has('') ? outputs().get('') : Object.fromEntries(outputs())) as Outputs;
  return { plan, outputs, ...runObjective(training.objectives, given, batch, at, (term) => plan.terms[term]!) };
}

/** A term that depends on the weights otherwise than through the outputs: a plan has its own copy of them. */
function onOutputsOnly(name: string, loss: Tensor, outputs: ReadonlyMap<string, Tensor>): void {
  const leaves = new Set(outputs.values());
  if (tapeOf(loss).every((at) => at.node !== null || leaves.has(at))) return;
  throw new PlanFailure(
    `the term '${name}' reads a weight`,
    `with engine 'plan' every term must depend on the weights through the outputs only, got '${name}' that reads a weight`,
  );
}

function step<Outputs>(training: Training<Outputs>, batch: Batch, request: StepRequest): StepResult {
  const { store, shared } = training;
  const { epoch, batch: position, factor, verify } = request;
  const site = { epoch, batch: position, loss: null };
  const run = forward(training, batch, { epoch, batch: position }, verify);
  for (const { name, loss } of run.losses) {
    if (loss instanceof Tensor) onOutputsOnly(name, loss, run.outputs());
  }
  const probe = request.probe
    ? guarded(site, 'the gradient of each loss', () =>
        probeGradients(run.losses, (loss) => gradientsOfLoss(store, run, loss, shared), position),
      )
    : null;
  if (!acts(run)) return { ...run.result, probe, stepped: false, gradientNorm: null };
  guarded(site, 'the gradient', () => differentiate(store, run, run));
  training.ahead = true;
  return { ...run.result, probe, stepped: true, gradientNorm: update(training, site, factor) };
}

/** The state of an optimiser, whose moments are copied only when somebody looks. */
function lazyState(optimizer: PlannedOptimizer) {
  let moments: ReturnType<PlannedOptimizer['state']>['moments'] | undefined;
  return {
    step: optimizer.step,
    get moments() {
      moments ??= optimizer.state().moments;
      return moments;
    },
  };
}
