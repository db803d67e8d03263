import type { Inference } from '../../inference/inference.js';
import { fsAccess, netAccess } from '../../landlock/access-set.js';
import { profileOf } from '../../profiles/from-inference.js';
import type { Profile } from '../../profiles/profile.js';

/** An inference with one of everything that a profile can say, hostile names included. */
export const sampleInference: Inference = {
  abi: 7,
  paths: [
    {
      path: '/usr/bin/cat',
      directory: false,
      access: fsAccess('execute', 'read_file'),
      guarded: undefined,
      uses: [use('/usr/bin/sh', 'execve', 1, '/usr/bin/cat', 'observed')],
    },
    {
      path: '/srv/a "quoted", $odd: name\n\u001b[31m',
      directory: false,
      access: fsAccess('read_file', 'write_file', 'truncate'),
      guarded: undefined,
      uses: [use('/usr/bin/\u001b[2Jcat', 'openat', 30, '/srv/x', 'anticipated')],
    },
    {
      path: '/srv/not-utf8-\udcff',
      directory: false,
      access: fsAccess('read_file'),
      guarded: undefined,
      uses: [use('/usr/bin/cat', 'openat', 2, '/srv/not-utf8-\udcff', 'observed')],
    },
    {
      path: '/home/alice',
      directory: true,
      access: fsAccess('make_reg', 'remove_file'),
      guarded: 'a home directory',
      uses: [use('/usr/bin/git', 'rename', 100, '/home/alice/.gitconfig', 'lifted')],
    },
  ],
  ports: [
    {
      port: 443,
      access: netAccess('connect_tcp'),
      uses: [{ executable: '/usr/bin/curl', call: 'connect', count: 1 }],
    },
  ],
  unscoped: [{ scope: 'signal', uses: [{ executable: '/usr/bin/kill', call: 'kill', count: 1 }] }],
  creations: [{ path: '/home/alice/.cache/app', kind: 'directory', mode: 0o700 }],
  findings: [{ severity: 'warning', sentence: '/home/alice is a home directory' }],
};

export const sampleProfile: Profile = profileOf(sampleInference, {
  tool: 'll-learn 0.0.0',
  tracer: 'strace',
  commands: [['sh', '-c', 'cat "$1"']],
  gaps: [],
});

function use(
  executable: string,
  call: string,
  count: number,
  path: string,
  why: 'observed' | 'anticipated' | 'lifted',
) {
  return { executable, call, count, path, access: fsAccess('read_file'), why };
}
