import { accessNames } from '../../../landlock/access-set.js';
import type { Survey, SurveyedRule } from '../survey.js';
import { counted, escapeHtml } from './escape.js';
import { type Extent, extentOf } from './extent.js';
import { powers, powersOf } from './powers.js';
import { type Rectangle, squarify } from './squarify.js';

/** A drawing of used against granted: a tile a rule, filled as far as it was used. */
export function treemap({ rules, traced }: Survey): string {
  if (rules.length === 0) return '';
  const tiles = rules
    .map((surveyed) => ({ surveyed, extent: extentOf(surveyed) }))
    .sort((one, other) => other.extent.covered - one.extent.covered)
    .slice(0, mostTiles);
  // Roots, since one hierarchy often holds more than all others together.
  const weights = tiles.map(({ extent }) => Math.sqrt(extent.covered));
  const places = squarify(weights, { x: 0, y: 0, width, height });
  const drawn = tiles.map(({ surveyed, extent }, at) =>
    tile(surveyed, extent, places[at] ?? nowhere, traced),
  );
  const more = rules.length - tiles.length;
  return `<figure class="map">
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Used against granted, by rule">
${drawn.join('')}</svg>
<figcaption>A tile is a rule; its area grows with the square root of how many objects it covers${
    traced ? '; it is filled as far as they were used' : ''
  }. ${legend()}${more > 0 ? ` ${counted(more, 'smaller rule is', 'smaller rules are')} not drawn.` : ''}</figcaption>
</figure>
`;
}

const width = 1000;
const height = 420;
const mostTiles = 250;
const nowhere: Rectangle = { x: 0, y: 0, width: 0, height: 0 };

function tile(
  { rule }: SurveyedRule,
  extent: Extent,
  { x, y, width: wide, height: high }: Rectangle,
  traced: boolean,
): string {
  const kinds = powersOf(rule.access);
  const share = Math.min(1, extent.used / extent.covered);
  const filled = traced && extent.used > 0 ? Math.max(2, share * high) : 0;
  const used = traced ? `\n${counted(extent.used, 'object', 'objects')} used of ` : '\ncovers ';
  const title = `${rule.path}\n${accessNames('fs', rule.access).join(', ')}${used}${extent.covered.toLocaleString('en')}`;
  const place = `x="${at(x)}" y="${at(y)}" width="${at(wide)}" height="${at(high)}"`;
  const fill = `x="${at(x)}" y="${at(y + high - filled)}" width="${at(wide)}" height="${at(filled)}"`;
  return `<g class="tile ${kinds[0] ?? 'read'}"><title>${titleText(title)}</title><rect class="whole" ${place}/>${
    filled > 0 ? `<rect class="used" ${fill}/>` : ''
  }${label(rule.path, kinds, { x, y, width: wide, height: high })}</g>\n`;
}

/** Lines stay lines in a title; everything else is escaped as everywhere. */
function titleText(text: string): string {
  return text.split('\n').map(escapeHtml).join('&#10;');
}

/** The end of a path tells more than its beginning. */
function label(path: string, kinds: readonly string[], place: Rectangle): string {
  const letters = powers
    .filter(({ name }) => kinds.includes(name))
    .map(({ letter }) => letter)
    .join('');
  const room = Math.floor((place.width - 8) / 6.2);
  if (place.height < 16 || room < 4) return '';
  const whole = `${letters} ${path}`;
  const kept = room - letters.length - 2;
  const text =
    whole.length <= room ? whole : kept < 3 ? letters : `${letters} …${path.slice(-kept)}`;
  return `<text x="${at(place.x + 4)}" y="${at(place.y + 13)}">${escapeHtml(text)}</text>`;
}

function legend(): string {
  return powers
    .map(
      ({ name, letter, what }) =>
        `<span class="key ${name}"></span><b>${letter}</b> ${escapeHtml(what)}`,
    )
    .join('; ')
    .concat('.');
}

function at(length: number): string {
  return length.toFixed(1).replace(/\.0$/, '');
}
