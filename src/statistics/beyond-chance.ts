/** What a score has beyond chance, (value - chance) / (1 - chance): 0 by chance, 1 at best; where chance is 1 there is nothing to gain. */
export function beyondChance(value: number, chance: number): number {
  return chance >= 1 ? 0 : (value - chance) / (1 - chance);
}
