/** Edit distance between two short words. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}

/** `; did you mean 'x'?` for the nearest of the names, or an empty string when none is near. */
export function didYouMean(given: string, names: readonly string[]): string {
  let best = '';
  let least = Math.max(2, Math.floor(given.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(given.toLowerCase(), name.toLowerCase());
    // Half of the letters or more must be there: two words of two letters are always near.
    if (distance < least && 2 * distance <= Math.max(given.length, name.length)) {
      least = distance;
      best = name;
    }
  }
  return best === '' ? '' : `; did you mean '${best}'?`;
}
