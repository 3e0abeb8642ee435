import type { Layout } from '../../../digest/plan/layout.js';

/** What of the layout is to be changed, or what was not understood. */
export type LayoutChange =
  | { readonly kind: 'change'; readonly change: Partial<Layout> }
  | { readonly kind: 'problem'; readonly message: string; readonly remedy: string; readonly option?: string };
