import { runningKernel } from '../laboratory/kernel.js';
import type { Laboratory } from '../laboratory/laboratory.js';
import { type Judge, predict } from '../laboratory/predict.js';
import type { LayerSpec, Scenario } from '../laboratory/scenario.js';
import type { Disagreement } from './fuzz.js';

/** The smallest case that is left of one when all is taken away that the disagreement can spare. */
export function shrink(laboratory: Laboratory, found: Disagreement, judged?: Judge): Disagreement {
  let smallest = found;
  for (let shrunk = true; shrunk; ) {
    shrunk = false;
    for (const scenario of smallerThan(smallest.scenario)) {
      const still = disagreementOn(laboratory, scenario, judged);
      if (still === undefined) continue;
      smallest = still;
      shrunk = true;
      break;
    }
  }
  return smallest;
}

function disagreementOn(
  laboratory: Laboratory,
  scenario: Scenario,
  judged: Judge | undefined,
): Disagreement | undefined {
  try {
    const model = predict(scenario, runningKernel(), judged);
    const [kernel = 'nothing'] = laboratory.endsOf([scenario]);
    return kernel === model ? undefined : { scenario, kernel, model };
  } catch {
    return undefined; // What was taken away was needed to put the question at all.
  }
}

function* smallerThan(scenario: Scenario): Generator<Scenario> {
  const { layers, before = [], tree } = scenario;
  for (let at = 0; at < layers.length; at++) {
    yield { ...scenario, layers: without(layers, at) };
  }
  for (let at = 0; at < before.length; at++) {
    yield { ...scenario, before: without(before, at) };
  }
  const words = tree.split(' ');
  for (let at = 0; at < words.length; at++) {
    yield { ...scenario, tree: without(words, at).join(' ') };
  }
  for (const [at, layer] of layers.entries()) {
    for (const smaller of smallerLayers(layer)) {
      yield { ...scenario, layers: layers.map((one, number) => (number === at ? smaller : one)) };
    }
  }
}

function* smallerLayers(layer: LayerSpec): Generator<LayerSpec> {
  for (const [of, rules] of [
    ['rules', layer.rules],
    ['ports', layer.ports],
  ] as const) {
    for (const [key, rights] of Object.entries(rules ?? {})) {
      const { [key as never]: _, ...others } = rules as Record<string, string>;
      yield { ...layer, [of]: others };
      for (const fewer of fewerRights(rights)) yield { ...layer, [of]: { ...rules, [key]: fewer } };
    }
  }
  for (const of of ['net', 'scoped'] as const) {
    if ((layer[of] ?? 'none') !== 'none') yield { ...layer, [of]: 'none' };
  }
  if ((layer.fs ?? 'all') === 'all') yield { ...layer, fs: 'none' };
  else for (const fewer of fewerRights(layer.fs ?? '')) yield { ...layer, fs: fewer };
}

function fewerRights(words: string): readonly string[] {
  const names = words.split(' ');
  return names.length < 2 ? [] : names.map((_, at) => without(names, at).join(' '));
}

function without<Item>(items: readonly Item[], at: number): readonly Item[] {
  return items.filter((_, number) => number !== at);
}
