const WIDTH = 79;

/** Breaks a text at spaces into lines of at most 79 characters, each after its indent. */
export function wrap(text: string, indent = '', later = indent): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line === '') line = `${indent}${word}`;
    else if (line.length + 1 + word.length <= WIDTH) line = `${line} ${word}`;
    else {
      lines.push(line);
      line = `${later}${word}`;
    }
  }
  return [...lines, line].join('\n');
}
