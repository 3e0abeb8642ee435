import type { StateName } from '../../digest/claims/claim.js';
import { stateStyle } from '../../digest/view/item-view.js';

const SIGNS = { good: '✓ ', bad: '✗ ', warn: '! ', dim: '' } as const;

/** A state in a frame: its word, and a sign in addition to the color for people who do not see the color. */
export function StateTag({ name }: { readonly name: StateName }) {
  const style = stateStyle(name);
  return (
    <span class={style === 'dim' ? 'tag' : `tag ${style}`}>
      {SIGNS[style] === '' ? null : <span aria-hidden="true">{SIGNS[style]}</span>}
      {name.replace('-', ' ')}
    </span>
  );
}
