/** The branches of a source text: both sides of each decision, and whether code that ran reached them. */
import { type Node, parse } from 'acorn';

export interface Branch {
  /** Where in the text the decision stands. */
  at: number;
  what: string;
  taken: boolean;
}

/** How often the code at a place of the text ran. */
export type CountAt = (offset: number) => number;

/** `if` and `else` (also where it is not written), `a ? b : c`, `a && b`, `a || b`, `a ?? b`, defaults, cases and catches. */
export function branchesOf(source: string, countAt: CountAt): Branch[] {
  const branches: Branch[] = [];
  const add = (at: number, what: string, count: number) => branches.push({ at, what, taken: count > 0 });
  const visit = (node: Node): void => {
    for (const child of childrenOf(node)) visit(child);
    const parts = node as unknown as Record<string, Node | null> & { operator?: string };
    const ran = countAt(node.start);
    switch (node.type) {
      case 'IfStatement': {
        const { consequent, alternate } = parts;
        const then = consequent ? countAt(consequent.start) : 0;
        add(node.start, 'then', then);
        // Without a written `else` nothing is counted there: it was taken as often as the other side was not.
        add(node.start, 'else', alternate ? countAt(alternate.start) : ran - then);
        break;
      }
      case 'ConditionalExpression':
        add(node.start, '? …', countOf(parts.consequent, countAt));
        add(node.start, ': …', countOf(parts.alternate, countAt));
        break;
      case 'LogicalExpression': {
        const right = countOf(parts.right, countAt);
        add(node.start, `left of ${parts.operator} decides`, countOf(parts.left, countAt) - right);
        add(node.start, `right of ${parts.operator}`, right);
        break;
      }
      case 'AssignmentPattern':
        add(node.start, 'default', countOf(parts.right, countAt));
        break;
      case 'SwitchCase':
      case 'CatchClause':
        add(node.start, node.type === 'SwitchCase' ? 'case' : 'catch', countOf(parts.body ?? node, countAt));
        break;
    }
  };
  visit(parse(source, { ecmaVersion: 'latest', sourceType: 'module' }));
  return branches.sort((one, other) => one.at - other.at);
}

function countOf(node: Node | null | undefined, countAt: CountAt): number {
  return node ? countAt(node.start) : 0;
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value: unknown) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}
function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
