/** The looks of a page, in parts: the frame, the changes, the ordered lists, and what only runs have. */
import { changeStyles } from './style-changes.ts';
import { frameStyles } from './style-frame.ts';
import { orderStyles } from './style-order.ts';
import { runStyles } from './style-run.ts';

export const styleSheet = `${frameStyles}${changeStyles}${orderStyles}${runStyles}`;
