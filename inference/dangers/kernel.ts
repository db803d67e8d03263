import type { Danger } from './danger.js';

/** Interfaces of the kernel, and devices that give the machine or the person away. */
export const kernelInterfaces: readonly Danger[] = [
  {
    places: ['/proc/sys', '/proc/sysrq-trigger', '/proc/irq', '/proc/mtrr', '/proc/acpi'],
    intent: 'write',
    severity: 'critical',
    what: 'kernel settings',
    reason: 'the kernel obeys it, such as the programs that it starts for cores and modules',
  },
  {
    places: ['/sys'],
    intent: 'write',
    severity: 'critical',
    what: 'kernel settings',
    reason: 'the kernel and its devices obey it',
  },
  {
    places: ['/sys/fs/cgroup'],
    intent: 'write',
    severity: 'high',
    what: 'control groups',
    reason: 'it moves and limits processes, and of the first version runs a program as root',
  },
  {
    places: ['/dev/mem', '/dev/kmem', '/dev/port', '/proc/kcore', '/proc/kmem'],
    intent: 'write',
    severity: 'critical',
    what: "the kernel's memory",
    reason: 'it is the memory of the machine',
  },
  {
    places: ['/dev/mem', '/dev/kmem', '/dev/port', '/proc/kcore', '/proc/kmem'],
    intent: 'read',
    severity: 'high',
    what: "the kernel's memory",
    reason: 'it is the memory of the machine, and so of every program',
  },
  {
    places: [
      ...['/dev/sd*', '/dev/hd*', '/dev/vd*', '/dev/xvd*', '/dev/nvme*', '/dev/mmcblk*'],
      ...['/dev/dm-*', '/dev/mapper', '/dev/md*', '/dev/disk', '/dev/loop*', '/dev/block'],
    ],
    intent: 'write',
    severity: 'critical',
    what: 'raw disks',
    reason: 'every file is on a disk, whatever the rules on files say',
  },
  {
    places: [
      ...['/dev/sd*', '/dev/hd*', '/dev/vd*', '/dev/xvd*', '/dev/nvme*', '/dev/mmcblk*'],
      ...['/dev/dm-*', '/dev/mapper', '/dev/md*', '/dev/disk', '/dev/block'],
    ],
    intent: 'read',
    severity: 'high',
    what: 'raw disks',
    reason: 'every file is on a disk, whatever the rules on files say',
  },
  {
    places: ['/dev/uinput', '/dev/vhci', '/dev/uhid'],
    intent: 'write',
    severity: 'high',
    what: 'synthetic keyboards',
    reason: 'it types for the user, outside of the profile',
  },
  {
    places: ['/dev/input', '/dev/hidraw*', '/dev/vcs*'],
    intent: 'read',
    severity: 'high',
    what: 'keyboards and screens',
    reason: 'it tells what the user types and sees, passwords included',
  },
  {
    places: ['/dev/video*'],
    intent: 'read',
    severity: 'medium',
    what: 'cameras',
    reason: 'it is a camera',
  },
];
