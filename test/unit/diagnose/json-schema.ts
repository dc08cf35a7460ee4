/** The part of JSON Schema that the schema of a diagnosis uses: enough to check one against it. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

/** Everything about a value that the schema forbids, with its place. */
export function violations(value: unknown, schema: Schema, root: Schema, at = '$'): string[] {
  if (schema.$ref !== undefined) return violations(value, root.$defs![schema.$ref.replace('#/$defs/', '')]!, root, at);
  if (schema.anyOf !== undefined) {
    const tried = schema.anyOf.map((option) => violations(value, option, root, at));
    return tried.some((found) => found.length === 0)
      ? []
      : [`${at}: none of ${tried.length} forms: ${tried.flat().slice(0, 2)}`];
  }
  const found: string[] = [];
  if ('const' in schema && value !== schema.const) found.push(`${at}: not ${String(schema.const)}`);
  if (schema.enum !== undefined && !schema.enum.includes(value)) found.push(`${at}: ${String(value)} is not listed`);
  if (schema.type !== undefined && ![schema.type].flat().includes(typeOf(value)))
    return [`${at}: ${typeOf(value)}, not ${schema.type}`];
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0) || value.length > (schema.maxItems ?? Infinity))
      found.push(`${at}: ${value.length} items`);
    value.forEach((item, i) => {
      const of = schema.prefixItems?.[i] ?? schema.items;
      if (of !== undefined) found.push(...violations(item, of, root, `${at}[${i}]`));
    });
  } else if (typeOf(value) === 'object') {
    const object = value as Record<string, unknown>;
    for (const name of schema.required ?? []) if (!(name in object)) found.push(`${at}: no ${name}`);
    for (const [name, item] of Object.entries(object)) {
      const of = schema.properties?.[name];
      if (of !== undefined) found.push(...violations(item, of, root, `${at}.${name}`));
      else if (schema.additionalProperties === false) found.push(`${at}: unknown ${name}`);
      else if (typeof schema.additionalProperties === 'object')
        found.push(...violations(item, schema.additionalProperties, root, `${at}.${name}`));
    }
  }
  return found;
}
