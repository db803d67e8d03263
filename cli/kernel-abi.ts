import { landlockSupport } from '../landlock/support.js';
import { tell } from './output.js';

/** This kernel's ABI. Learning works without Landlock; the profile is then for a machine that has it. */
export function kernelAbi(): number {
  const support = landlockSupport();
  if (support.available) return support.abi;
  const abi = 7;
  tell(`${support.reason}, so that no profile can be enforced here; writing for ABI ${abi}`);
  return abi;
}
