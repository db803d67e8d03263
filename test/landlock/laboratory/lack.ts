import { type Lack, lacksLandlock, lacksRoot } from '../../support/requirements.js';
import { laboratoryAbi } from './ruleset.js';

/** Why the laboratory cannot be set up on this machine; undefined when it can. */
export function lacksLaboratory(): Lack {
  const known = process.arch === 'x64' || process.arch === 'arm64';
  if (!known) return `the laboratory has no program for ${process.arch}`;
  return lacksLandlock(laboratoryAbi) ?? lacksRoot();
}
