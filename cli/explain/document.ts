import { accessNames } from '../../landlock/access-set.js';
import type { LayerAnswer, PathGrant } from '../../profiles/explain.js';
import type { PlacedPort } from '../../profiles/placed.js';
import type { Explanation, PathExplanation, PortExplanation } from './explanation.js';

/** What `explain --json` gives. See docs/json.md. */
export function explanationDocument(explanation: Explanation): string {
  const document =
    explanation.kind === 'path' ? pathDocument(explanation) : portDocument(explanation);
  const granted = explanation.answers.every((answer) => answer.granted);
  return `${JSON.stringify({ granted, ...document })}\n`;
}

function pathDocument({ asked, place, package: owner, answers, populations }: PathExplanation) {
  return {
    asked,
    path: place.path,
    type: place.type,
    package: owner ?? null,
    links: place.links,
    rights: answers.map(({ right, granted, layers, at, leftOut }) => ({
      right: `fs.${right}`,
      granted,
      at: at.path,
      layers: layers.map((layer) => ({
        ...layerDocument(layer),
        rules: layer.grants.map((grant) => ({
          ...grantDocument(grant),
          opens: populations.get(grant.rule) ?? null,
        })),
      })),
      leftOut: leftOut.map(({ named, source }) => ({ path: named, source: source ?? null })),
    })),
  };
}

function portDocument({ port, answers }: PortExplanation) {
  return {
    port,
    rights: answers.map(({ right, granted, layers }) => ({
      right: `net.${right}`,
      granted,
      layers: layers.map((layer) => ({
        ...layerDocument(layer),
        rules: layer.grants.map(portGrantDocument),
      })),
    })),
  };
}

function layerDocument({ profile, handled, granted }: LayerAnswer<unknown>) {
  return { profile, handled, granted };
}

function grantDocument({ rule, hierarchy, above }: PathGrant) {
  return {
    path: rule.named,
    hierarchy,
    above,
    access: accessNames('fs', rule.access),
    reasons: rule.reasons,
    source: rule.source ?? null,
  };
}

function portGrantDocument({ port, access, reasons, source }: PlacedPort) {
  return { port, access: accessNames('net', access), reasons, source: source ?? null };
}
