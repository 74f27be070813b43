/** The four bodies that end a pending widget or form action (webhooks-and-more.md 3.1 to 3.3). Sections come flat, or wrapped in their layout's name. */
import { child, complain, elements, flag, has, id, isAbsent, keysOf, oneOf, optional, type Spot, text } from '../spot.ts';

const layouts = ['info', 'listing', 'fieldset', 'metric', 'profile', 'empty'];
/** Most data elements of a section, where a page tells. */
const mostData: Readonly<Record<string, number>> = { metric: 3, fieldset: 15, info: 15, listing: 10 };
const mostSections = 5;
const mostInputs = 25;
const bannerLength = 50;

/** @throws Refusal 1015 or 1007 naming the key that is wrong */
export const checkWidgetResponse = (body: Spot): void => {
  const type = oneOf(child(body, 'type'), ['banner', 'sections_edit', 'section_edit', 'widget_modification', 'form']);
  optional(child(body, 'pending'), flag, false);
  optional(child(body, 'refresh_section'), flag, false);
  for (const key of ['success_banner', 'failure_banner']) optional(child(body, key), (spot) => short(spot, bannerLength), '');
  if (type === 'banner') checkBanner(body);
  else if (type === 'form') checkForm(body);
  else if (type === 'widget_modification') listOf(child(body, 'actions'), Number.MAX_SAFE_INTEGER).forEach(checkAction);
  else listOf(child(body, 'sections'), mostSections).forEach(checkSection);
};

const short = (spot: Spot, most: number): string => {
  const words = text(spot);
  return words !== '' && words.length <= most ? words : complain(spot, 'value', `must have 1 to ${most} letters`);
};

const listOf = (spot: Spot, most: number): readonly Spot[] => {
  if (isAbsent(spot)) complain(spot, 'absent', 'must be there');
  const list = elements(spot);
  return list.length > 0 && list.length <= most ? list : complain(spot, 'value', `must have 1 to ${most} parts`);
};

const checkBanner = (body: Spot): void => {
  oneOf(child(body, 'status'), ['success', 'failure']);
  short(child(body, 'text'), bannerLength);
};

const checkAction = (action: Spot): void => {
  const type = oneOf(child(action, 'type'), ['remove', 'update', 'add_after', 'add_before']);
  short(child(action, 'name'), bannerLength);
  if (type !== 'remove') checkSection(child(action, 'section'));
};

const checkSection = (spot: Spot): void => {
  if (isAbsent(spot)) complain(spot, 'absent', 'must be there');
  const [only = '', ...more] = keysOf(spot);
  const section = more.length === 0 && layouts.includes(only) ? child(spot, only) : spot;
  const layout = oneOf(child(section, 'layout'), layouts);
  short(child(section, 'name'), bannerLength);
  optional(child(section, 'title'), text, '');
  if (!has(section, 'data')) return;
  const data = elements(child(section, 'data'));
  if (data.length > (mostData[layout] ?? data.length)) complain(child(section, 'data'), 'value', 'has too many elements');
  for (const element of data) keysOf(element);
};

const checkForm = (body: Spot): void => {
  short(child(body, 'name'), bannerLength);
  short(child(body, 'title'), 300);
  const inputs = listOf(child(body, 'inputs'), mostInputs);
  for (const input of inputs) for (const key of ['type', 'name']) id(child(input, key));
  oneOf(child(child(body, 'action'), 'type'), ['invoke.function']);
  text(child(child(body, 'action'), 'name'));
};
