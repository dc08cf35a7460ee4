/** JSON in which an infinite number is the text 'Infinity', as in a diagnosis, and not null. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_, item: unknown) => (typeof item === 'number' && !Number.isFinite(item) ? String(item) : item),
    2,
  );
  return `${text}\n`;
}
