import { mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { boot } from './boot.js';
import { plantRepository, plantRoot } from './images.js';
import { writeInitramfs } from './initramfs.js';
import { unpackKernel } from './kernel.js';
import { lacksMachine } from './lack.js';

/**
 * `npm run test:kernels -- FILE… [-- COMMAND]`: boots the kernel that these files make, .deb
 * packages of one release or a vmlinuz alone, in a machine of its own, and runs the suites there
 * that depend on the kernel; or COMMAND, a line for sh, in a copy of this repository. For root.
 *
 * `--root DIRECTORY` names the system to run on, for which Debian 12 is installed otherwise, once;
 * `--memory` its megabytes, `--append` words for the kernel, such as `lsm=landlock`. `--emulate` does
 * without KVM.
 */

const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'll-learn-kernels');
const ours = process.argv.indexOf('--') === -1 ? process.argv.length : process.argv.indexOf('--');
const { values, positionals } = parseArgs({
  args: process.argv.slice(2, ours),
  options: {
    root: { type: 'string', default: join(cache, 'root') },
    memory: { type: 'string', default: '2048' },
    append: { type: 'string', default: '' },
    emulate: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const command = process.argv.slice(ours + 1).join(' ') || 'sh test/kernels/guest/suites';
const lack = lacksMachine(values.emulate);
if (positionals.length === 0) {
  process.stderr.write('test:kernels: name the .deb packages of a kernel, or its vmlinuz\n');
  process.exitCode = 3;
} else if (lack !== undefined) {
  process.stdout.write(`skipped: ${lack}\n`);
} else {
  process.exitCode = await runOn(positionals);
}

async function runOn(files: readonly string[]): Promise<number> {
  const work = join(cache, `run-${process.pid}`);
  mkdirSync(work, { recursive: true });
  try {
    const kernel = unpackKernel(files, work);
    const system = plantRoot(values.root, cache);
    process.stdout.write(`${kernel.release ?? kernel.image}: ${command}\n`);
    return await boot({
      kernel: kernel.image,
      initramfs: writeInitramfs(values.root, kernel, work),
      disks: [system, plantRepository(work)],
      ...{ command, work, append: values.append, memory: values.memory, emulated: values.emulate },
    });
  } finally {
    rmSync(work, { recursive: true });
  }
}
