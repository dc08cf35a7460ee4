/** Path of the first NaN anywhere in a value: in arrays, typed arrays, maps and plain objects. */
export function firstNaN(value: unknown, path = 'result', seen = new Set<object>()): string | undefined {
  if (typeof value === 'number') return Number.isNaN(value) ? path : undefined;
  if (typeof value !== 'object' || value === null || seen.has(value)) return undefined;
  seen.add(value);
  if (ArrayBuffer.isView(value)) {
    const at = Array.from(value as Float64Array).findIndex((item) => Number.isNaN(item));
    return at === -1 ? undefined : `${path}[${at}]`;
  }
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value);
  for (const [key, item] of entries) {
    const found = firstNaN(item, `${path}.${String(key)}`, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}
