import type { Abstraction } from './abstraction.js';
import { cLibrary } from './c-library.js';
import { cmake } from './cmake.js';
import { devices } from './devices.js';
import { fileMagic } from './file-magic.js';
import { fonts } from './fonts.js';
import { gcc } from './gcc.js';
import { git } from './git.js';
import { groff } from './groff.js';
import { kernelFacts } from './kernel-facts.js';
import { locale } from './locale.js';
import { machineIdentity } from './machine-identity.js';
import { manual } from './manual.js';
import { nameResolution } from './name-resolution.js';
import { nameService } from './name-service.js';
import { node } from './node.js';
import { perl } from './perl.js';
import { ownProcess } from './process-itself.js';
import { python } from './python.js';
import { ruby } from './ruby.js';
import { selinux } from './selinux.js';
import { sharedLibraries } from './shared-libraries.js';
import { sharedMemory } from './shared-memory.js';
import { shell } from './shell.js';
import { tcl } from './tcl.js';
import { terminal } from './terminal.js';
import { terminfo } from './terminfo.js';
import { timeZone } from './time-zone.js';
import { tls } from './tls.js';
import { vim } from './vim.js';

/** Every family that has a name. */
export const abstractions: readonly Abstraction[] = [
  cLibrary,
  sharedLibraries,
  selinux,
  locale,
  timeZone,
  nameService,
  nameResolution,
  tls,
  terminal,
  terminfo,
  fonts,
  devices,
  sharedMemory,
  ownProcess,
  kernelFacts,
  machineIdentity,
  shell,
  python,
  node,
  perl,
  ruby,
  tcl,
  gcc,
  cmake,
  git,
  manual,
  groff,
  vim,
  fileMagic,
];
