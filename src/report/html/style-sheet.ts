/** The looks of a page, in three parts: the frame, the changes, the ordered lists. */
import { changeStyles } from './style-changes.ts';
import { frameStyles } from './style-frame.ts';
import { orderStyles } from './style-order.ts';

export const styleSheet = `${frameStyles}${changeStyles}${orderStyles}`;
