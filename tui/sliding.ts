import { type Decisions, withDecision } from '../inference/decisions/decisions.js';
import { type FoldSlider, pointFor } from '../inference/fold-slider.js';
import { record } from './history.js';
import { dearnessIn, withHistory } from './laying-out.js';
import type { Model } from './model.js';
import { placeOfCursor } from './window.js';

/** Rules folded so much more, or less, as the next point of the curve has it. */
export function slid(model: Model, slider: FoldSlider, step: 1 | -1): Model {
  const known = { ...model, slider };
  const { decisions } = model.history.present;
  const at = pointFor(slider, dearnessIn(decisions) ?? model.subject.dearness);
  const point = slider.points[at + step];
  if (point === undefined) return { ...known, notice: 'slid' };
  const next = withDearness(decisions, point.dearness);
  const row = model.outline[placeOfCursor(model)]?.id ?? '';
  const moved = withHistory(known, record(model.history, { decisions: next, at: row }));
  return { ...moved, notice: 'slid' };
}

/** Where on the curve one is: `exact ──●──── broad: 12 rules, which open 230 (exact: 31)`. */
export function sliderText(model: Model): string {
  const { slider } = model;
  if (slider === undefined) return '';
  const { points } = slider;
  const at = pointFor(
    slider,
    dearnessIn(model.history.present.decisions) ?? model.subject.dearness,
  );
  const point = points[at];
  if (points.length === 1 || point === undefined) return 'There is nothing to fold';
  const track = points.map((_, index) => (index === at ? '●' : '─')).join('');
  const exact = points[0]?.rules ?? 0;
  return `exact ${track} broad: ${point.rules} rules (exact: ${exact}), widening ${rounded(point.widening)}`;
}

function withDearness(decisions: Decisions, dearness: number): Decisions {
  return withDecision(decisions, {
    action: 'fold',
    subject: { kind: 'folding', dearness },
    reason: '',
  });
}

/** A price, of which only the magnitude says something. */
function rounded(widening: number): string {
  return widening < 10 ? widening.toFixed(1) : String(Math.round(widening));
}
