export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Parts a rectangle into one for each weight, in proportion, and as square as that goes: rows are
 * filled along the shorter side as long as that makes them squarer (Bruls, Huizing, van Wijk:
 * "Squarified Treemaps", 2000).
 *
 * @param weights - positive, the largest first.
 */
export function squarify(weights: readonly number[], whole: Rectangle): readonly Rectangle[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scale = (whole.width * whole.height) / total;
  const areas = weights.map((weight) => weight * scale);
  const placed: Rectangle[] = [];
  let rest = whole;
  for (let at = 0; at < areas.length; ) {
    const row = rowFrom(areas, at, Math.min(rest.width, rest.height));
    placed.push(...placedRow(row, rest));
    rest = without(row, rest);
    at += row.length;
  }
  return placed;
}

function rowFrom(areas: readonly number[], from: number, side: number): readonly number[] {
  let row: readonly number[] = areas.slice(from, from + 1);
  for (const area of areas.slice(from + 1)) {
    const longer = [...row, area];
    if (worstRatio(longer, side) > worstRatio(row, side)) return row;
    row = longer;
  }
  return row;
}

function worstRatio(row: readonly number[], side: number): number {
  const sum = sumOf(row);
  const [largest = 0, smallest = 0] = [row[0], row.at(-1)];
  return Math.max((side * side * largest) / (sum * sum), (sum * sum) / (side * side * smallest));
}

function placedRow(row: readonly number[], rest: Rectangle): readonly Rectangle[] {
  const upright = rest.width >= rest.height;
  const side = upright ? rest.height : rest.width;
  const depth = sumOf(row) / side;
  let along = 0;
  return row.map((area) => {
    const length = area / depth;
    const placed = upright
      ? { x: rest.x, y: rest.y + along, width: depth, height: length }
      : { x: rest.x + along, y: rest.y, width: length, height: depth };
    along += length;
    return placed;
  });
}

function without(row: readonly number[], { x, y, width, height }: Rectangle): Rectangle {
  const depth = sumOf(row) / Math.min(width, height);
  return width >= height
    ? { x: x + depth, y, width: width - depth, height }
    : { x, y: y + depth, width, height: height - depth };
}

function sumOf(row: readonly number[]): number {
  return row.reduce((sum, area) => sum + area, 0);
}
