import type { Abstraction } from './abstraction.js';

export const tcl: Abstraction = {
  name: 'tcl',
  what: 'Tcl, Tk and their libraries',
  reason: 'programs in Tcl',
  source: 'tclsh(1), library(3tcl); packages tcl8.*, libtcl8.*, tk8.*',
  parts: [
    { access: ['execute', 'read_file'], files: ['/usr/bin/tclsh*', '/usr/bin/wish*'] },
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/usr/share/tcltk', '/usr/lib/tcltk', '/usr/lib/${ARCH}/tcltk'],
      foreseen: 'other work needs other modules',
    },
    {
      access: ['read_file'],
      files: ['/usr/lib/${ARCH}/libtcl*.so*', '/usr/lib/${ARCH}/libtk*.so*'],
    },
  ],
};
