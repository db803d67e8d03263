import { mkdirSync, writeFileSync } from 'node:fs';
import { tinyProgram } from './elf.js';
import { AT_FDCWD, system, text, withDescriptor } from './syscalls.js';
import { type Planted, plantedIn, split } from './tree.js';

/** Plants a tree, spelled as in `tree.ts`, in a directory that is made for it. */
export function plantTree(root: string, tree: string): void {
  mkdirSync(root);
  const made = new Set(['.']);
  for (const planted of plantedIn(tree)) {
    makeDirectory(root, split(planted.path).parent, made);
    plant(root, planted, made);
  }
}

const executable = 0o755;

function plant(root: string, { path, mark, of }: Planted, made: Set<string>): void {
  const place = `${root}/${path}`;
  switch (mark) {
    case '/':
      return makeDirectory(root, path, made);
    case '@':
      return void system.symlink(text(of.startsWith('/') ? root + of : of), text(place));
    case '>':
      return void system.linkat(AT_FDCWD, text(`${root}/${of}`), AT_FDCWD, text(place), 0);
    case '|':
      return void system.mknod(text(place), 0o010644, 0n);
    case '=':
      return void system.mknod(text(place), 0o140644, 0n);
    case '%':
      return void system.mknod(text(place), 0o020666, 0x103n);
    case '^':
      return void system.mknod(text(place), 0o020666, 0x3c00n);
    case '*':
      return writeFileSync(place, tinyProgram(of === '' ? undefined : `${root}/${of}`), {
        mode: executable,
      });
    case '!':
      return writeFileSync(place, `#!${root}/${of}\n`, { mode: executable });
    default: {
      const fd = system.open(text(place), 0o101, executable);
      return withDescriptor(fd, () => undefined);
    }
  }
}

function makeDirectory(root: string, path: string, made: Set<string>): void {
  if (made.has(path)) return;
  makeDirectory(root, split(path).parent, made);
  system.mkdir(text(`${root}/${path}`), executable);
  made.add(path);
}
