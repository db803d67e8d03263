import type { Abstraction } from './abstraction.js';

export const devices: Abstraction = {
  name: 'devices',
  what: 'devices that hold nothing',
  reason: 'nearly every program: nothing, noughts and random numbers',
  source: 'null(4), random(4), full(4)',
  parts: [
    {
      access: ['read_file', 'write_file', 'ioctl_dev'],
      files: ['/dev/null', '/dev/zero', '/dev/full'],
      // A terminal is no such device: who reads from it takes what a person types.
      foreseen:
        'they keep nothing and tell nothing, so that whichever way they are used is the same',
    },
    { access: ['read_file'], files: ['/dev/random', '/dev/urandom'] },
  ],
};
