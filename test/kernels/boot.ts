import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A machine to boot, and what to do there. */
export interface Machine {
  readonly kernel: string;
  readonly initramfs: string;
  /** The root, and the repository; what is written to them is forgotten. */
  readonly disks: readonly string[];
  /** For sh. */
  readonly command: string;
  readonly work: string;
  /** More words for the kernel. */
  readonly append: string;
  /** In megabytes. */
  readonly memory: string;
  readonly emulated: boolean;
}

/**
 * Boots a machine, shows what the command says, and returns its exit status; 2 where the machine
 * ended without one, with the end of what the kernel said. Where KVM does not get a kernel to say
 * anything, as of hosts that are guests themselves, the machine is emulated.
 */
export async function boot(machine: Machine): Promise<number> {
  const log = join(machine.work, 'kernel.log');
  const qemu = spawn('qemu-system-x86_64', wordsFor(machine, log), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const end = () => qemu.kill();
  process.once('SIGINT', end).once('SIGTERM', end);
  const mute = machine.emulated ? undefined : endWhereMute(qemu, log);
  const status = await shown(qemu.stdout);
  clearTimeout(mute);
  process.off('SIGINT', end).off('SIGTERM', end);
  if (status !== undefined) return status;
  const said = readFileSync(log, 'latin1');
  if (said === '' && !machine.emulated) {
    process.stdout.write('this KVM does not boot it: emulating, some ten times slower\n');
    return boot({ ...machine, emulated: true });
  }
  const last = said.split('\n').slice(-60).join('\n');
  process.stderr.write(`the machine ended before the command did; its kernel said:\n${last}\n`);
  return 2;
}

function wordsFor(machine: Machine, log: string): readonly string[] {
  const { kernel, initramfs, disks, command, work, append, memory, emulated } = machine;
  const script = join(work, 'command');
  const node = join(work, 'node');
  writeFileSync(script, padded(`${command}\n`));
  copyFileSync(process.execPath, node);
  const drives = [...disks, script, node].flatMap((file) => [
    '-drive',
    `file=${file},if=virtio,format=raw,snapshot=on`,
  ]);
  return [
    ...(emulated ? ['-accel', 'tcg', '-cpu', 'max'] : ['-accel', 'kvm', '-cpu', 'host']),
    ...['-smp', '1', '-m', memory, '-no-reboot', '-nodefaults', '-nic', 'none'],
    ...['-display', 'none', '-serial', `file:${log}`, '-serial', 'stdio'],
    ...['-kernel', kernel, '-initrd', initramfs, ...drives],
    ...['-append', `console=ttyS0 panic=-1 loglevel=5 no_timer_check ${append}`],
  ];
}

/** Milliseconds in which any kernel has said something. */
const longestSilence = 30_000;

function endWhereMute(qemu: ChildProcess, log: string): NodeJS.Timeout {
  return setTimeout(() => {
    if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) === 0) qemu.kill();
  }, longestSilence);
}

/** A disk has whole sectors. */
function padded(text: string): Buffer {
  const content = Buffer.from(text);
  return Buffer.concat([content, Buffer.alloc(512 - (content.length % 512))]);
}

/** The status that `guest/start` writes last. */
async function shown(output: NodeJS.ReadableStream): Promise<number | undefined> {
  let end = '';
  for await (const part of output) {
    process.stdout.write(part);
    end = (end + String(part)).slice(-200);
  }
  const [, status] = /\[ended with (\d+)\]\s*$/.exec(end) ?? [];
  return status === undefined ? undefined : Number(status);
}
