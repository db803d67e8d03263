import type { Size } from './layout.js';
import { type Line, line } from './line.js';
import { menuItems, menuTitle } from './menu.js';
import type { Model } from './model.js';
import type { Menu } from './open-menu.js';
import { marks } from './row-line.js';
import { fit, shorten } from './width.js';

/** A menu with its title, scrolled so far that what is chosen can be seen. */
export function menuLines(model: Model, menu: Menu, { columns, rows }: Size): readonly Line[] {
  const items = menuItems(model, menu);
  const room = Math.max(rows - 1, 1);
  const first = Math.max(0, Math.min(menu.cursor - Math.floor(room / 2), items.length - room));
  return [
    line(shorten(menuTitle(menu), columns), 'heading'),
    ...items.slice(first, first + room).map(({ label, state }, index) => {
      const chosen = first + index === menu.cursor;
      const mark = state === undefined ? ' ' : marks[state];
      const text = `${chosen ? '>' : ' '}${mark} ${label}`;
      if (chosen) return line(fit(text, columns), 'cursor');
      return line(text, state === undefined ? 'plain' : state);
    }),
  ];
}
