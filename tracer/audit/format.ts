import { errorNumber } from '../../kernel/libc.js';
import { pathToBytes } from '../../kernel/path-bytes.js';
import type { Denial, DeniedObject } from '../../landlock/denial.js';

/** A denial as the kernel's audit record spells it: `domain=… blockers=… path="…" dev="…" ino=…`. */
export function formatDenial({ domain, blockers, object }: Denial): string {
  return `domain=${domain} blockers=${blockers.join()}${objectFields(blockers, object)}`;
}

/** The same as the two records that auditd logs of it, what was denied and who asked. */
export function formatRecords(denial: Denial, time: Date, serial: number): string {
  const { process, executable, call, result } = denial.asker;
  const event = `msg=audit(${(time.getTime() / 1000).toFixed(3)}:${serial})`;
  const asker = [
    ...(call === undefined ? [] : [`syscall=${call}`]),
    'success=no',
    ...(result === undefined ? [] : [`exit=-${errorNumber(result)}`]),
    ...(process === undefined ? [] : [`pid=${process}`]),
    ...(executable === undefined ? [] : [`exe=${untrusted(executable)}`]),
  ];
  return `type=LANDLOCK_ACCESS ${event}: ${formatDenial(denial)}\ntype=SYSCALL ${event}: ${asker.join(' ')}\n`;
}

function objectFields(blockers: readonly string[], object: DeniedObject): string {
  switch (object.kind) {
    case 'path': {
      const device = object.device === undefined ? '' : ` dev=${untrusted(object.device)}`;
      const inode = object.inode === undefined ? '' : ` ino=${object.inode}`;
      return ` path=${untrusted(object.path)}${device}${inode}`;
    }
    case 'port': {
      const end = blockers[0]?.startsWith('net.bind') === true ? 'src' : 'dest';
      return object.port === 0 ? '' : ` ${end}=${object.port}`;
    }
    case 'abstract-socket':
      return ` path=${hexadecimal(pathToBytes(`\0${object.name}`))}`;
    case 'process':
      return ` opid=${object.id} ocomm=${untrusted(object.name)}`;
  }
}

/** In quotes; or as digits where it holds a quote, a space, or what is not printable ASCII. */
function untrusted(text: string): string {
  const bytes = pathToBytes(text);
  const plain = bytes.every((byte) => byte > 0x20 && byte < 0x7f && byte !== 0x22);
  return plain ? `"${text}"` : hexadecimal(bytes);
}

function hexadecimal(bytes: Buffer): string {
  return bytes.toString('hex').toUpperCase();
}
