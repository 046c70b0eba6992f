import ts from 'typescript';

/** What the architecture rules want to know about one file. */
export interface SourceFacts {
  /** From the root, with `/`. */
  path: string;
  lines: number;
  /** Module specifiers of imports, re-exports, dynamic imports and import types. */
  imports: string[];
  /** `console` and `process.env`, where the code really reads them. */
  globals: string[];
  /** Comments that switch a rule off, each with its line. */
  switchedOff: string[];
}

/** A file for the tests (`x.test.ts`, `x-doubles.ts`, `fixtures/x.ts`), which may use everything of ours as a development dependency. */
export function isTestFile(path: string): boolean {
  return /\.(?:test|test-d|bench|examples)\.[cm]?tsx?$|[-/]doubles\.ts$|\/(?:test|fixtures)\//.test(path);
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  return isRequire || node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments[0] : undefined;
}

function globalOf(node: ts.Node): string | undefined {
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  if (node.expression.text === 'console') return 'console';
  return node.expression.text === 'process' && node.name.text === 'env' ? 'process.env' : undefined;
}

/** Reads a file's text into facts. Looks at the syntax tree, so that words in strings and comments do not count. */
export function readSource(path: string, text: string): SourceFacts {
  const imports = new Set<string>();
  const globals = new Set<string>();
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier && ts.isStringLiteralLike(specifier)) imports.add(specifier.text);
    const global = globalOf(node);
    if (global) globals.add(global);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, false));

  const refused = isTestFile(path) ? /(?:oxlint|eslint)-disable|@ts-(?:ignore|nocheck)/ : /(?:oxlint|eslint)-disable|@ts-(?:ignore|nocheck|expect-error)/;
  const lines = text.replace(/\n$/, '').split('\n');
  const switchedOff = lines.flatMap((line, index) => {
    const found = refused.exec(line);
    return found ? [`${found[0]} in line ${index + 1}`] : [];
  });
  return { path, lines: lines.length, imports: [...imports], globals: [...globals], switchedOff };
}
