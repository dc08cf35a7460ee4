const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for the content of an HTML element or a quoted attribute. */
export function escapeHtml(value: unknown): string {
  // HTML forbids control characters, whatever a label holds; marks of direction would turn what stands beside.
  return String(value)
    .replace(/[^\P{Cc}\t\n\r]/gu, '\ufffd')
    .replace(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);
}

/** JSON that may stand inside a script element: no '<' can end it, and no line separator upsets a parser. */
export function jsonForHtml(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Text for one line of Markdown, also inside a table. */
export function escapeMarkdown(value: unknown): string {
  return String(value)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>|~$#]/g, (sign) => `\\${sign}`)
    .replace(/&/g, '&amp;');
}
