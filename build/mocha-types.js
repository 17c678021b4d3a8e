// Writes dist/mocha.d.ts, the types of the package's export, when the package is built. They are derived from mocha.ts
// alone, which therefore declares the types of its exports explicitly.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = await readFile(`${root}conformance/judge/mocha.ts`, 'utf8');
const { outputText, diagnostics = [] } = ts.transpileDeclaration(source, {
  fileName: 'mocha.ts',
  reportDiagnostics: true,
  compilerOptions: { isolatedDeclarations: true, declaration: true, target: ts.ScriptTarget.ES2023 },
});
for (const { messageText } of diagnostics) {
  throw new Error(`conformance/judge/mocha.ts: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}
await mkdir(`${root}dist`, { recursive: true });
await writeFile(`${root}dist/mocha.d.ts`, outputText);
