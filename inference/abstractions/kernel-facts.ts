import type { Abstraction } from './abstraction.js';

export const kernelFacts: Abstraction = {
  name: 'kernel-facts',
  what: 'what the kernel tells of itself and the machine',
  reason: 'whoever counts processors or memory, or asks for limits',
  source: 'proc(5), sysfs(5), cgroups(7)',
  parts: [
    {
      access: ['read_file'],
      files: [
        '/proc/cpuinfo',
        '/proc/meminfo',
        '/proc/stat',
        '/proc/loadavg',
        '/proc/uptime',
        '/proc/version',
        '/proc/version_signature',
        '/proc/filesystems',
        '/proc/devices',
        '/proc/sys/kernel/ngroups_max',
        '/proc/sys/kernel/osrelease',
        '/proc/sys/kernel/cap_last_cap',
        '/proc/sys/kernel/random/uuid',
        '/proc/sys/kernel/random/boot_id',
        '/proc/sys/kernel/threads-max',
        '/proc/sys/kernel/pid_max',
        '/proc/sys/vm/overcommit_memory',
        '/proc/sys/net/core/somaxconn',
        '/sys/kernel/mm/transparent_hugepage/enabled',
        '/sys/kernel/mm/transparent_hugepage/hpage_pmd_size',
        '/sys/fs/cgroup/cgroup.controllers',
        '/sys/fs/cgroup/memory.max',
        '/sys/fs/cgroup/memory.high',
        '/sys/fs/cgroup/cpu.max',
      ],
    },
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/sys/devices/system/cpu', '/sys/devices/system/node'],
    },
  ],
};
