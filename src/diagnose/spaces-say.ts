import { percentText } from '../core/words.js';
import type { FindingId } from './finding-types.js';
import type { Context } from './findings/context.js';
import type { Judgement } from './judge.js';

export interface SpacesSay {
  /** Whether a space carries the labels on held-out rows, although the input does not. */
  readonly holds: boolean;
  readonly sentence: string;
  readonly because: readonly FindingId[];
}

/**
 * What learnt spaces add to the verdict on the input. Where the input does not carry the labels, a space
 * that separates the rows it was trained on may do so by memory: held-out rows decide.
 */
export function spacesSay(context: Context, given: Judgement): SpacesSay | null {
  const comparison = context.comparison();
  if (comparison === null || context.spaces.length === 0 || given.ground !== 'chance') return null;
  const level = context.alpha / context.spaces.length;
  const learnt = comparison.spaces.filter(({ name }) => name !== 'input');
  const beyond = ({ p }: { readonly p: number | null }) => p !== null && p <= level;
  const share = (score: number | null) => (score === null ? 'an unknown share' : percentText(score));
  const held = learnt.find(({ heldOut }) => heldOut !== null && beyond(heldOut.neighborAgreement));
  if (held !== undefined) {
    const { score, chance } = held.heldOut!.neighborAgreement;
    return {
      holds: true,
      sentence: `In ${held.name} they hold on held-out rows too: ${share(score)} have a neighbour of their own class${chance === null ? '' : `; by chance ${percentText(chance.mean)}`}.`,
      because: [],
    };
  }
  const memory = learnt.find(({ training }) => beyond(training.neighborAgreement));
  if (memory === undefined) return null;
  const trained = share(memory.training.neighborAgreement.score);
  return {
    holds: false,
    sentence:
      memory.heldOut === null
        ? `${memory.name} separates the rows that it was trained on (${trained}), which can be memory: only held-out rows would tell.`
        : `${memory.name} separates the rows that it was trained on (${trained}) by memory: of held-out rows ${share(memory.heldOut.neighborAgreement.score)} have a neighbour of their own class.`,
    because: ['generalisation-gap'],
  };
}
