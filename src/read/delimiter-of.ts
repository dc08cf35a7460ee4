/** What may stand between values; of two that fit, the first: a comma is a decimal sign too, and part of names. */
const CANDIDATES = ['\t', ';', '|', ','] as const;
/** Lines that are looked at. */
const LINES = 30;

/** How often each candidate stands in each of the first lines, outside quotes; comments and empty lines aside. */
function countsOf(text: string, comment: string | undefined): Map<string, number>[] {
  const found: Map<string, number>[] = [];
  let counts = new Map<string, number>();
  let quoted = false;
  let start = 0;
  const finish = (end: number) => {
    const line = text.slice(start, end);
    if (line.trim() !== '' && !(comment !== undefined && line.startsWith(comment))) found.push(counts);
    counts = new Map();
    start = end + 1;
  };
  for (let at = 0; at < text.length && found.length < LINES; at++) {
    const sign = text[at]!;
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === '\n' || sign === '\r')) finish(at);
    else if (!quoted && (CANDIDATES as readonly string[]).includes(sign)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  // The last line may be cut short, unless it is all there is.
  if (found.length === 0 || (found.length < LINES && start < text.length && found.length === 1)) finish(text.length);
  return found;
}

/**
 * What stands between the values: the candidate that each line has as often as the first, or once more, where R
 * writes row names; else the one that stands most often in the first line; a comma when none does.
 */
export function delimiterOf(text: string, comment?: string): string {
  const [first, ...others] = countsOf(text, comment);
  const inFirst = (candidate: string) => first?.get(candidate) ?? 0;
  const steady = (more: number) =>
    CANDIDATES.find((candidate) => {
      const wanted = inFirst(candidate) + more;
      return wanted > more && others.length > 0 && others.every((counts) => counts.get(candidate) === wanted);
    });
  const most = ([...CANDIDATES].reverse() as string[]).reduce((best, candidate) =>
    inFirst(candidate) > inFirst(best) ? candidate : best,
  );
  return steady(0) ?? steady(1) ?? most;
}
