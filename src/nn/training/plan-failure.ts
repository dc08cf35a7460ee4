import { InputError } from '../../core/errors.js';

/** A plan does not do what the tape does, or cannot be made; `reason` is the end of a sentence. */
export class PlanFailure extends InputError {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super('wrong-type', `train: ${message}; use engine 'auto'`);
    this.reason = reason;
  }
}

/** No plan can be made. */
export function noPlan(reason: string): PlanFailure {
  return new PlanFailure(reason, `engine 'plan' needs a model that can be planned, got one of which ${reason}`);
}
