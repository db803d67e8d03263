import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What the suites run, beside Node: as `.ci/run` has it. */
const packages = [
  ...['strace', 'gcc', 'libc6-dev', 'make', 'git', 'sqlite3', 'xz-utils', 'tar', 'curl', 'python3'],
  ...['tmux', 'procps', 'iproute2', 'busybox-static', 'libstdc++6'],
];

/** A disk of the system in this directory, which is installed first where it is not there. */
export function plantRoot(root: string, cache: string): string {
  if (!existsSync(root)) installDebian(root);
  const image = join(cache, `${basename(root)}.ext4`);
  if (!existsSync(image)) {
    makeDisk(root, `${image}.part`, '6G');
    renameSync(`${image}.part`, image);
  }
  return image;
}

/** A disk of this repository as it is built. */
export function plantRepository(work: string): string {
  const image = join(work, 'repository.ext4');
  makeDisk(new URL('../..', import.meta.url).pathname, image, '4G');
  return image;
}

function installDebian(root: string): void {
  const include = `--include=${packages.join(',')}`;
  mkdirSync(root, { recursive: true });
  try {
    execFileSync('debootstrap', ['--variant=minbase', include, 'bookworm', root], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  } catch (error) {
    rmSync(root, { recursive: true });
    throw error;
  }
}

/** Its blocks are taken as they are written: the size is the most that it can have. */
function makeDisk(directory: string, image: string, size: string): void {
  rmSync(image, { force: true });
  execFileSync('mke2fs', ['-q', '-t', 'ext4', '-d', directory, image, size]);
}
