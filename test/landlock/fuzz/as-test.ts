import type { LayerSpec } from '../laboratory/scenario.js';
import type { Disagreement } from './fuzz.js';

/** A disagreement as a case for the table of what was found, ready to be given a title. */
export function asTest({ scenario, kernel, model }: Disagreement): string {
  const { tree, layers, before, call } = scenario;
  const lines = [
    `// The model says ${model}.`,
    '{',
    "  title: '…',",
    `  tree: ${spelled(tree)},`,
    `  layers: [${layers.map(layerAsText).join(', ')}],`,
    ...(before === undefined || before.length === 0 ? [] : [`  before: ${spelled(before)},`]),
    `  call: ${spelled(call)},`,
    `  end: ${spelled(kernel)},`,
    '},',
  ];
  return lines.join('\n');
}

/** What is as it would be without saying is left out. */
function layerAsText({ fs, net, scoped, rules, ports }: LayerSpec): string {
  const parts = [
    fs === undefined || fs === 'all' ? '' : `fs: ${spelled(fs)}`,
    net === undefined || net === 'none' ? '' : `net: ${spelled(net)}`,
    scoped === undefined || scoped === 'none' ? '' : `scoped: ${spelled(scoped)}`,
    Object.keys(rules ?? {}).length === 0 ? '' : `rules: ${spelled(rules)}`,
    Object.keys(ports ?? {}).length === 0 ? '' : `ports: ${spelled(ports)}`,
  ].filter(Boolean);
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

function spelled(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${value.map(spelled).join(', ')}]`;
  const entries = Object.entries(value as object).map(([key, of]) => {
    return `${/^\w+$/.test(key) ? key : `'${key}'`}: ${spelled(of)}`;
  });
  return `{ ${entries.join(', ')} }`;
}
