/** A field of CSV (RFC 4180): in quotes where it holds a comma, a quote, a line break, or space at an end. */
export function csvField(value: unknown): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
