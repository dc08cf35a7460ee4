import { fields, list, named, optional, requireOne, text } from '../core/shape-check.js';

const CHECKS = {
  title: optional(text),
  command: optional(text),
  picturesNote: optional(text),
  versions: optional(named(text)),
  pictures: optional(list(fields({}))),
} as const;

/** Checks the options of a report that are texts, or lists of them. @throws InputError wrong-type. */
export function readTexts(where: string, options: Readonly<Record<string, unknown>>): void {
  for (const [name, check] of Object.entries(CHECKS)) requireOne(where, name, check, options[name]);
}
