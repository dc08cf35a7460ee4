import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const source = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

/** The files that users import, by the names of `ENTRIES`. */
const FILES: Readonly<Record<string, string>> = {
  main: source('index.ts'),
  nn: source('nn/index.ts'),
  plot: source('plot/index.ts'),
  report: source('report/index.ts'),
  parallel: source('parallel/index.ts'),
  read: source('read/index.ts'),
};

/** The examples in the doc comment of an export: the text of each `@example`. */
export interface DocExamples {
  readonly entry: string;
  readonly name: string;
  readonly examples: readonly string[];
}

/** The doc comments of all values that the entries export, read by the compiler. */
export function docExamples(): DocExamples[] {
  const program = ts.createProgram(Object.values(FILES), {
    module: ts.ModuleKind.NodeNext,
    noLib: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  return Object.entries(FILES).flatMap(([entry, file]) =>
    checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)!)!).map((exported) => {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
      const { declarations = [] } = isAlias ? checker.getAliasedSymbol(exported) : exported;
      const tags = declarations.flatMap((declaration) => ts.getJSDocTags(declaration));
      const examples = tags
        .filter(({ tagName }) => tagName.text === 'example')
        .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '');
      return { entry, name: exported.name, examples };
    }),
  );
}
