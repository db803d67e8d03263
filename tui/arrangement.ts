/** In which order rules on paths are shown, and which of all rows. */
export interface Arrangement {
  readonly order: Order;
  /** Words that a row has to hold; empty for all rows. */
  readonly filter: string;
}

export const orders = ['path', 'program', 'family', 'severity', 'widening'] as const;
export type Order = (typeof orders)[number];

/** As it is at first: a tree of paths, and everything. */
export const asTree: Arrangement = { order: 'path', filter: '' };

export const orderTitles: Readonly<Record<Order, string>> = {
  path: 'by path',
  program: 'by program',
  family: 'by what they are for',
  severity: 'by what may come of them',
  widening: 'by what they open unused',
};

/** The order after this one, around the end. */
export function nextOrder(order: Order): Order {
  return orders[(orders.indexOf(order) + 1) % orders.length] ?? 'path';
}
