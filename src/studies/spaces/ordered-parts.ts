import { type Part, partOf } from '../../data/row-sample.js';
import { rowOrder } from '../../statistics/row-order.js';

/** The same rows of several spaces in an order that rests on what they are in all of them; null stays null. */
export function orderedParts<P extends Part | null>(parts: readonly P[], square: boolean): P[] {
  const [first, ...also] = parts.filter((part): part is NonNullable<P> => part !== null);
  if (first === undefined) return [...parts];
  const order = rowOrder(first, { square, also });
  if (order.every((row, position) => row === position)) return [...parts];
  return parts.map((part) => (part === null ? part : (partOf(part, order, square) as P)));
}
