import type { Danger } from './danger.js';
import { kernelInterfaces } from './kernel.js';
import { secrets } from './secrets.js';
import { sockets } from './sockets.js';
import { startUp } from './start-up.js';
import { system } from './system.js';

/** Every place where a right means more than it says. */
export const dangers: readonly Danger[] = [
  ...secrets,
  ...startUp,
  ...system,
  ...kernelInterfaces,
  ...sockets,
];
