export { type Checkout, type CheckoutOptions, openCheckout } from './checkout.ts';
export { contentsAt, filesAt } from './files-at.ts';
export { commitOf, heldBy, prefixOf, refOf } from './git.ts';
export { pushBase } from './push-base.ts';
export { committedAt, fetchRef, pushRef, setRef } from './refs.ts';
