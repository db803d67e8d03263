import type { Chapter } from './case.js';
import { descriptors } from './descriptors.js';
import { executing } from './executing.js';
import { layers } from './layers.js';
import { moving } from './moving.js';
import { names } from './names.js';
import { network } from './network.js';
import { objects } from './objects.js';
import { opening } from './opening.js';
import { reaching } from './reaching.js';
import { topology } from './topology.js';

/** Everything that is stated. */
export const chapters: readonly Chapter[] = [
  opening,
  descriptors,
  names,
  moving,
  executing,
  layers,
  objects,
  network,
  reaching,
  topology,
];
