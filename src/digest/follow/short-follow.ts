import type { Follow } from './follow.js';
import { formatFollow } from './format-follow.js';

/** A follow in a headline, where many stand side by side: its words, `kvm -kind:rfc`; a Message-ID would say nothing to anybody. */
export function shortFollow(follow: Follow): string {
  const { where } = follow;
  return where.kind === 'series' && where.query.includes('@') ? 'one series' : formatFollow(follow);
}
