import { useMemo } from 'react';
import { detailFor } from './detail.js';
import { evidenceLines } from './evidence.js';
import type { Size } from './layout.js';
import { line } from './line.js';
import type { Model } from './model.js';
import { Pane } from './pane.js';
import { placeOfCursor } from './window.js';
import { witnessOf } from './witness.js';

interface EvidencePaneProps {
  readonly model: Model;
  readonly size: Size;
}

/** What speaks for the row under the cursor, as much of it as there is room for. */
export function EvidencePane({ model, size }: EvidencePaneProps) {
  const at = placeOfCursor(model);
  const witness = useMemo(() => witnessOf(model), [model.history, model.names, model.outline]);
  const lines = useMemo(() => {
    const all = evidenceLines(witness, at, detailFor(size));
    if (all.length <= size.rows) return all;
    return [...all.slice(0, size.rows - 1), line('… Enter shows it all', 'faint')];
  }, [witness, at, size]);
  return <Pane name="evidence" lines={lines} size={size} />;
}
