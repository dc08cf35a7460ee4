import { InputError } from '../../core/errors.js';

/** A plan does not do what the tape does, or cannot be made; `reason` is the end of a sentence. */
export class PlanFailure extends InputError {
  readonly reason: string;
  /** Whether finding out may have left something in the model that cannot be put back. */
  readonly leavesTraces: boolean;

  constructor(reason: string, message: string, leavesTraces = false) {
    super('wrong-type', `train: ${message}; use engine 'auto'`);
    this.reason = reason;
    this.leavesTraces = leavesTraces;
  }
}

/** No plan can be made. */
export function noPlan(reason: string, leavesTraces: boolean): PlanFailure {
  const message = `engine 'plan' needs a model that can be planned, got one of which ${reason}`;
  return new PlanFailure(reason, message, leavesTraces);
}
