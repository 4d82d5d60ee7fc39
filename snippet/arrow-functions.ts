import { type Node, parse } from 'acorn';

/**
 * Writes each function declaration as a constant arrow function: `let f = (a) => {…};` is shorter than `function f(a) {…}`, and is
 * merged with the declarations around it. For code of ours alone: no function of it is called before its place has been reached,
 * and none that is declared uses a `this` or `arguments` of its own.
 */
export function arrowFunctions(code: string): string {
  const pieces: { at: number; end: number; text: string }[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const one of node) visit(one);
      return;
    }
    if (!isNode(node)) return;
    if (node.type === 'FunctionDeclaration') {
      const { start, end, id, async: isAsync, body } = node as Declaration;
      const parameters = code.slice(code.indexOf('(', start), body.start).trim();
      pieces.push({ at: start, end: body.start, text: `let ${id.name} = ${isAsync ? 'async ' : ''}${parameters} => ` });
      pieces.push({ at: end, end, text: ';' });
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(parse(code, { ecmaVersion: 2021, sourceType: 'module' }));
  return pieces
    .sort((one, other) => other.at - one.at)
    .reduce((text, { at, end, text: piece }) => text.slice(0, at) + piece + text.slice(end), code);
}

type Declaration = Node & { id: { name: string }; async: boolean; body: Node };

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}
