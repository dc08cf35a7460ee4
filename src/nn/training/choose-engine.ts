import type { Batch } from '../objective.js';
import { type ModelState, modelState, restoreState } from '../plan/undisturbed.js';
import type { Trainable } from '../trainable.js';
import { DivergenceError } from './divergence-error.js';
import { type EagerEngineOptions, eagerEngine } from './eager-engine.js';
import type { Engine, StepRequest } from './engine.js';
import { type PlanEngine, planEngine } from './plan-engine.js';
import { PlanFailure } from './plan-failure.js';

export type EngineChoice = 'auto' | 'plan' | 'eager';

/** An engine that may pass from a plan to the tape, and says so. */
export interface ChosenEngine extends Engine {
  /**
   * Chooses between plan and tape, if that is still open, by making a plan for the first batch of an epoch;
   * the model is in training mode.
   *
   * @throws PlanFailure where a plan is asked for and none can be made.
   */
  choose(first: Batch, epoch: number): void;
  /**
   * Runs the steps of an epoch. Where the plan fails on the way, whatever the reason, all of them are
   * run again on the tape, from the weights, the optimiser and the random numbers with which the epoch
   * began.
   */
  epoch<T>(steps: () => Promise<T>): Promise<T>;
  /** Leaves the plan aside from the first step on, as the run that is resumed did. */
  useTape(): void;
  /** What there is to say since the last call: why the tape runs, or why a plan was made anew. */
  notes(): string[];
}

/** All that a step changes. */
interface Start {
  readonly weights: Float64Array;
  readonly optimizer: ReturnType<Engine['optimizerState']>;
  readonly model: ModelState;
}

/** A batch whose loss or gradient is not finite. */
const skippable = (error: unknown) => error instanceof DivergenceError && !error.inUpdate;

/** What JavaScript shows to nobody cannot be put back: variables around a function, private fields. */
const LEFT_BEHIND =
  'forward() ran a few times more to see whether it can be planned: what it keeps in private fields, or in ' +
  "variables around it, has moved on by that; cannotPlan() or engine 'eager' keeps it as it was";

/** Why a plan failed; the tape then does without it, or gives the error in its own words. */
class Failed extends Error {
  readonly reason: string;
  readonly leavesTraces: boolean;

  constructor(cause: unknown) {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    super(error.message, { cause });
    this.reason = cause instanceof PlanFailure ? cause.reason : `its plan failed: ${error.message}`;
    this.leavesTraces = cause instanceof PlanFailure && cause.leavesTraces;
  }
}

/**
 * The engine that was asked for. `auto` begins with a plan where one can be made, and goes over to the
 * tape for good where the plan fails or does not hold: it never throws where the tape would train.
 *
 * @param skips whether a batch that is not finite is left out: the tape then decides about it.
 */
export function chooseEngine<Outputs>(
  model: Trainable<Outputs>,
  options: EagerEngineOptions<Outputs>,
  asked: EngineChoice,
  skips: boolean,
): ChosenEngine {
  const eager = eagerEngine(model, options);
  let planned: PlanEngine | null = null;
  /** Whether the tape runs from here on. */
  let settled = asked === 'eager';
  const said: string[] = [];
  const current = (): Engine => planned ?? eager;

  function stateOf(engine: Engine, state: ModelState): Start {
    const { step, moments } = engine.optimizerState();
    const copies = Object.fromEntries(Object.entries(moments).map(([name, values]) => [name, values.slice()]));
    return { weights: engine.weights(), optimizer: { step, moments: copies }, model: state };
  }

  /** Remembers where an epoch begins. */
  function startOf(): () => Start {
    const state = modelState(model);
    if (planned === null) {
      const start = stateOf(eager, state);
      return () => start;
    }
    const before = planned;
    const goBack = before.remember();
    return () => {
      goBack();
      return stateOf(before, state);
    };
  }

  function sayWhy(when: string, { reason, leavesTraces }: Failed): void {
    said.push(`the tape runs${when}, since ${reason}`, ...(leavesTraces ? [LEFT_BEHIND] : []));
  }

  function toTape(start: Start, when: string, failed: Failed): void {
    settled = true;
    said.push(...(planned?.notes() ?? []));
    planned = null;
    eager.setWeights(start.weights);
    eager.setOptimizerState(start.optimizer);
    restoreState(model, start.model);
    sayWhy(when, failed);
  }

  /** Whether a batch that is not finite in a plan is not so on the tape either, which then has drawn its random numbers. */
  function divergesOnTape(by: PlanEngine, batch: Batch, request: StepRequest, state: ModelState): boolean {
    eager.setWeights(by.weights());
    eager.setOptimizerState(stateOf(by, state).optimizer);
    restoreState(model, state);
    try {
      eager.step(batch, request);
      return false;
    } catch (error) {
      return skippable(error);
    }
  }

  return {
    get kind() {
      return current().kind;
    },
    choose(first, epoch) {
      if (settled || planned !== null) return;
      const before = modelState(model);
      try {
        const made = planEngine(model, options, first, epoch);
        made.setOptimizerState(eager.optimizerState());
        planned = made;
      } catch (error) {
        restoreState(model, before);
        if (asked === 'plan') throw error;
        settled = true;
        sayWhy('', new Failed(error));
      }
    },
    async epoch(steps) {
      if (settled || asked === 'plan') return steps();
      const start = startOf();
      try {
        return await steps();
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        toTape(start(), '', error);
        eager.setTraining(true);
        return steps();
      }
    },
    step(batch, request) {
      const before = modelState(model);
      const { buffers } = before;
      try {
        return current().step(batch, request);
      } catch (error) {
        // As the weights: those of the last step that was taken.
        restoreState(model, { rng: undefined, buffers });
        if (skips && asked === 'auto' && !settled && planned !== null && skippable(error)) {
          const skipped = divergesOnTape(planned, batch, request, before);
          restoreState(model, { rng: undefined, buffers });
          if (skipped) throw error;
        }
        throw settled || asked === 'plan' ? error : new Failed(error);
      }
    },
    evaluate(batch, epoch) {
      if (asked === 'plan' || planned === null) return current().evaluate(batch, epoch);
      const before = modelState(model);
      try {
        return planned.evaluate(batch, epoch);
      } catch (error) {
        // An evaluation changes neither weights nor optimiser.
        toTape(stateOf(planned, before), ` from the evaluation in epoch ${epoch} on`, new Failed(error));
        return eager.evaluate(batch, epoch);
      }
    },
    useTape() {
      if (asked !== 'auto') return;
      settled = true;
      said.push('the tape runs, as at the end of the run that wrote the checkpoint');
    },
    notes: () => [...said.splice(0), ...(planned?.notes() ?? [])],
    setTraining: (training) => current().setTraining(training),
    lend: (work) => current().lend(work),
    weights: () => current().weights(),
    setWeights: (weights) => current().setWeights(weights),
    optimizerState: () => current().optimizerState(),
    setOptimizerState: (state) => current().setOptimizerState(state),
  };
}
