import type { Call, LayerSpec } from '../laboratory/scenario.js';
import { unrestrictedCalls } from '../laboratory/scenario.js';
import type { Case, Chapter } from './case.js';

const everything: LayerSpec = { rules: { '.': 'all' } };
const network: LayerSpec = { fs: 'none', net: 'all' };

/** Mounts, which no rule allows, and calls that no hook sees. */
export const topology: Chapter = {
  heading: 'Mounts, and what is not restricted',
  cases: [
    ...(['mount', 'unmount', 'remount', 'pivot-root', 'move-mount'] as const).flatMap((call) => [
      mounted(`${call}, where everything is granted`, everything, [call, 'a'], 'EPERM'),
      mounted(`${call}, where the network alone is handled`, network, [call, 'a'], 'ok'),
    ]),
    mounted(
      'a bind mount, where one right is handled',
      { fs: 'make_sock' },
      ['bind-mount', 'b', 'a'],
      'EPERM',
    ),
    mounted('a mount’s attributes, which no hook sees', {}, ['mount-attributes', 'a'], 'ok'),
    unmounted('unmounting what is not mounted', {}, ['unmount', 'a'], 'EINVAL'),
    unmounted(
      'mounting, where scopes alone are set',
      { fs: 'none', scoped: 'all' },
      ['mount', 'a'],
      'ok',
    ),
    ...unrestrictedCalls
      .filter((call) => call !== 'mount-attributes')
      .map((call) =>
        unmounted(
          `${call}, where nothing is granted`,
          {},
          [call, call === 'readlink' ? 'l' : 'a'],
          'ok',
        ),
      ),
  ],
};

function mounted(title: string, layer: LayerSpec, call: Call, end: string): Case {
  const before: Call[] = [['bind-mount', 'b', 'a']];
  return { title, tree: 'a/ b/ l@a', layers: [layer], before, call, end };
}

function unmounted(title: string, layer: LayerSpec, call: Call, end: string): Case {
  return { title, tree: 'a/ b/ l@a', layers: [layer], call, end };
}
