import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * A device as the kernel's audit names it (s_id of a super block): the block device's name, or the
 * file system's type where there is none.
 *
 * @param device - `st_dev`.
 */
export function deviceName(device: bigint): string {
  const numbers = numbersOf(device);
  const known = names.get(numbers);
  if (known !== undefined) return known;
  const name = blockDevice(numbers) ?? mountedType(numbers) ?? numbers;
  names.set(numbers, name);
  return name;
}

const names = new Map<string, string>();

/** gnu_dev_major() and gnu_dev_minor() of sys/sysmacros.h. */
function numbersOf(device: bigint): string {
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & 0xfffff000n);
  const minor = (device & 0xffn) | ((device >> 12n) & 0xffffff00n);
  return `${major}:${minor}`;
}

function blockDevice(numbers: string): string | undefined {
  try {
    return basename(readlinkSync(`/sys/dev/block/${numbers}`));
  } catch {
    return undefined;
  }
}

/** proc_pid_mountinfo(5): the third field has the numbers, what follows ` - ` the type. */
function mountedType(numbers: string): string | undefined {
  const line = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .find((text) => text.split(' ')[2] === numbers);
  return line?.split(' - ')[1]?.split(' ')[0];
}
