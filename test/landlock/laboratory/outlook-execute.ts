import { modelPath, type Outlook, unasked } from './outlook.js';
import type { Node, Tree } from './tree.js';

/** execve(2): the kernel opens the program, then what it names as its interpreter, and so on. */
export function executeOutlook(tree: Tree, path: string): Outlook {
  const found = tree.find(path, true);
  if (typeof found === 'string') return unasked(found);
  if (found.node === undefined) return unasked('ENOENT');
  // What is no file is refused with the very error that Landlock would give.
  if (found.node.type !== 'regular') return unasked('EACCES');
  const { opened, end } = chainFrom(tree, found.node);
  const operation = {
    kind: 'execute',
    program: modelPath(found.path),
    interpreters: opened,
  } as const;
  return { operations: [operation], end };
}

function chainFrom(
  tree: Tree,
  program: Node,
): { readonly opened: readonly string[]; readonly end: string } {
  const opened: string[] = [];
  let current = program;
  for (let depth = 0; depth < deepest; depth++) {
    if (current.program === 'none') return { opened, end: 'ENOEXEC' };
    if (current.interpreter === undefined) return { opened, end: 'ok' };
    const next = tree.find(current.interpreter, true);
    if (typeof next === 'string') return { opened, end: next };
    if (next.node === undefined) return { opened, end: 'ENOENT' };
    if (next.node.type !== 'regular') return { opened, end: 'EACCES' };
    opened.push(modelPath(next.path));
    // An ELF interpreter is loaded as it is, and no file of the laboratory is long enough else.
    if (current.program === 'elf')
      return { opened, end: next.node.program === 'elf' ? 'ok' : 'EIO' };
    current = next.node;
  }
  return { opened, end: 'ELOOP' };
}

/** So many scripts may name each other as interpreters (exec_binprm in fs/exec.c). */
const deepest = 6;
