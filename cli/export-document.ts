import type { Exported, Exporter } from '../profiles/exporters/exporter.js';
import { effectOf } from '../profiles/exporters/loss.js';
import { lossText } from '../profiles/exporters/loss-text.js';

/**
 * What `export --json` gives. See docs/json.md.
 *
 * @param written - where it was written to; null where the document itself holds it.
 */
export function exportDocument(
  { format }: Exporter,
  { output, losses, notes }: Exported,
  written: string | null,
): string {
  const document = {
    format,
    written,
    losses: losses.map((loss) => ({ effect: effectOf(loss), text: lossText(loss), ...loss })),
    notes,
    ...(written === null ? { output } : {}),
  };
  return `${JSON.stringify(document)}\n`;
}
