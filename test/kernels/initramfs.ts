import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kernel } from './kernel.js';
import { modulesNamed } from './modules.js';

/** What a distribution's kernel needs to find its disks, and what the suites ask for. */
const wanted = [
  ...['virtio_pci', 'virtio_blk', 'crc32c_generic', 'crc32c_intel', 'ext4', 'overlay'],
];

/** Writes what the kernel starts from: busybox of the root, `guest/init`, the modules in order. */
export function writeInitramfs(root: string, { modules }: Kernel, work: string): string {
  const loaded = modules === undefined ? [] : modulesNamed(wanted, modules);
  const init = readFileSync(new URL('guest/init', import.meta.url));
  const entries: readonly Entry[] = [
    ...['bin', 'dev', 'root', 'modules'].map((name) => ({ name, mode: DIRECTORY })),
    { name: 'bin/busybox', mode: PROGRAM, content: readFileSync(join(root, 'bin/busybox')) },
    { name: 'init', mode: PROGRAM, content: init },
    { name: 'modules/order', mode: FILE, content: Buffer.from(orderOf(loaded)) },
    ...loaded.map(({ name, content }) => ({ name: `modules/${name}.ko`, mode: FILE, content })),
    { name: 'TRAILER!!!', mode: 0 },
  ];
  const file = join(work, 'initramfs');
  writeFileSync(file, Buffer.concat(entries.map(archived)));
  return file;
}

interface Entry {
  readonly name: string;
  readonly mode: number;
  readonly content?: Buffer;
}

const DIRECTORY = 0o040755;
const PROGRAM = 0o100755;
const FILE = 0o100644;

function orderOf(modules: readonly { readonly name: string }[]): string {
  return modules.map(({ name }) => `${name}\n`).join('');
}

/** An entry of a cpio archive in the format newc: Documentation/driver-api/early-userspace. */
function archived({ name, mode, content = Buffer.alloc(0) }: Entry, number: number): Buffer {
  const links = mode === DIRECTORY ? 2 : 1;
  const fields = [number + 1, mode, 0, 0, links, 0, content.length, 0, 0, 0, 0, name.length + 1, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
  return Buffer.concat([padded(Buffer.from(`${header}${name}\0`)), padded(content)]);
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
}
