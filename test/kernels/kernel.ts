import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What is booted. */
export interface Kernel {
  readonly image: string;
  /** As `uname -r` has it, and where its modules are; undefined of an image alone. */
  readonly release: string | undefined;
  readonly modules: string | undefined;
}

/** The kernel in these packages, or the image that is named. */
export function unpackKernel(files: readonly string[], work: string): Kernel {
  const directory = join(work, 'kernel');
  for (const file of files.filter(isPackage)) execFileSync('dpkg-deb', ['-x', file, directory]);
  const [modules] = ['lib/modules', 'usr/lib/modules'].flatMap((way) =>
    namesIn(join(directory, way)).map((release) => join(directory, way, release)),
  );
  const image = files.find((file) => !isPackage(file)) ?? imageIn(directory, modules);
  return { image, release: modules?.split('/').at(-1), modules };
}

function isPackage(file: string): boolean {
  return file.endsWith('.deb');
}

/** Debian's kernels are in /boot, or, from Linux 7.2 on, beside their modules. */
function imageIn(directory: string, modules: string | undefined): string {
  const boot = join(directory, 'boot');
  const name = namesIn(boot).find((one) => one.startsWith('vmlinuz-'));
  if (name !== undefined) return join(boot, name);
  if (modules !== undefined && existsSync(join(modules, 'vmlinuz')))
    return join(modules, 'vmlinuz');
  throw new Error('none of the packages has the image of a kernel');
}

function namesIn(directory: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}
