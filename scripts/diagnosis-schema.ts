/**
 * Writes src/diagnose/diagnosis.schema.json, the JSON Schema of `Diagnosis`, from its TypeScript
 * type. Run after changing the type: npx tsx scripts/diagnosis-schema.ts
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

type Schema = Record<string, unknown>;

const SOURCE = fileURLToPath(new URL('../src/diagnose/types.ts', import.meta.url));
export const SCHEMA_FILE = fileURLToPath(new URL('../src/diagnose/diagnosis.schema.json', import.meta.url));

export function diagnosisSchema(): Schema {
  const program = ts.createProgram([SOURCE], {
    strict: true,
    exactOptionalPropertyTypes: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  const definitions: Record<string, Schema> = {};

  const words = (symbol: ts.Symbol | undefined): Schema => {
    const text = ts.displayPartsToString(symbol?.getDocumentationComment(checker) ?? []).replace(/\s+/g, ' ');
    return text === '' ? {} : { description: text };
  };

  function union(types: readonly ts.Type[]): Schema {
    const isBoolean = (type: ts.Type) => (type.flags & ts.TypeFlags.BooleanLiteral) !== 0;
    const literals: ts.Type[] = types.filter((type) => type.isStringLiteral() || type.isNumberLiteral());
    const rest = types.filter(
      (type) => !literals.includes(type) && !isBoolean(type) && !(type.flags & ts.TypeFlags.Undefined),
    );
    const options: Schema[] = rest.map(schemaOf);
    if (literals.length > 0) options.push({ enum: literals.map((type) => (type as ts.LiteralType).value) });
    if (types.some(isBoolean)) options.push({ type: 'boolean' });
    const simple = options.every((option) => Object.keys(option).length === 1 && typeof option.type === 'string');
    if (options.length === 1) return options[0]!;
    return simple ? { type: [...new Set(options.map((option) => option.type))] } : { anyOf: options };
  }

  function object(type: ts.Type): Schema {
    const index = type.getStringIndexType();
    if (index !== undefined) return { type: 'object', additionalProperties: schemaOf(index) };
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const property of type.getProperties()) {
      const declaration = property.valueDeclaration ?? property.declarations![0]!;
      properties[property.name] = {
        ...words(property),
        ...schemaOf(checker.getTypeOfSymbolAtLocation(property, declaration)),
      };
      if (!(property.flags & ts.SymbolFlags.Optional)) required.push(property.name);
    }
    return { type: 'object', properties, required, additionalProperties: false };
  }

  function schemaOf(type: ts.Type): Schema {
    if (type.isUnion()) return union(type.types);
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (type.flags & ts.TypeFlags.String) return { type: 'string' };
    if (type.flags & ts.TypeFlags.Number) return { type: 'number' };
    if (type.flags & ts.TypeFlags.BigInt) return { type: 'string' }; // as `toPlain` spells it
    if (type.flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
    if (checker.isTupleType(type)) {
      const items = checker.getTypeArguments(type as ts.TypeReference).map(schemaOf);
      return { type: 'array', prefixItems: items, minItems: items.length, maxItems: items.length };
    }
    if (checker.isArrayType(type)) {
      return { type: 'array', items: schemaOf(checker.getTypeArguments(type as ts.TypeReference)[0]!) };
    }
    const name = type.symbol?.name;
    if (name === undefined || name === '__type') return object(type);
    if (definitions[name] === undefined) {
      definitions[name] = {};
      definitions[name] = { ...words(type.symbol), ...object(type) };
    }
    return { $ref: `#/$defs/${name}` };
  }

  const file = program.getSourceFile(SOURCE)!;
  const diagnosis = checker
    .getExportsOfModule(checker.getSymbolAtLocation(file)!)
    .find(({ name }) => name === 'Diagnosis')!;
  const root = schemaOf(checker.getDeclaredTypeOfSymbol(diagnosis));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Diagnosis',
    ...root,
    $defs: Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

export function schemaText(): string {
  return `${JSON.stringify(diagnosisSchema(), null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(SCHEMA_FILE, schemaText());
