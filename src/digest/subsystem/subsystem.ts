import type { Address } from '../mail/mail.js';

/** One section of a MAINTAINERS file, its fields under plain names. */
export interface MaintainersEntry {
  /** The section's name, unchanged: `KERNEL VIRTUAL MACHINE FOR X86 (KVM/x86)`. */
  readonly name: string;
  /** M: */
  readonly maintainers: readonly Address[];
  /** R: */
  readonly reviewers: readonly Address[];
  /** L: addresses in lower case, without remarks such as `(moderated for non-subscribers)`. */
  readonly lists: readonly string[];
  /** S: */
  readonly status: readonly string[];
  /** T: */
  readonly trees: readonly string[];
  /** F: path patterns as written. */
  readonly files: readonly string[];
  /** X: path patterns that are taken out again. */
  readonly excluded: readonly string[];
  /** N: regular expressions over whole paths, as written; those that cannot be used are left out and named. */
  readonly pathRegexes: readonly string[];
  /** K: regular expressions over contents. Kept, not used: what we know of a series is its paths. */
  readonly contentRegexes: readonly string[];
  /** W, B, C, P and Q: pages, bugs, chat, profile, patchwork. */
  readonly links: readonly string[];
}

/** What people follow: a list, the MAINTAINERS entries that name it, and other entries of the same name. */
export interface Subsystem {
  /** What people type: `kvm`, `kvm/x86`, `io_uring`. Lower case, unique in a catalog. */
  readonly slug: string;
  /** For people: `KVM`, `Memory management`. */
  readonly name: string;
  /** The slug that it is part of: `kvm` for `kvm/x86`; null at the top. */
  readonly parent: string | null;
  /** Addresses whose mail belongs here, lower case; the first is the one to name. A child has only lists that are its own. */
  readonly lists: readonly string[];
  /** Positions in the catalog's entries. */
  readonly entries: readonly number[];
  /** Other words for it, lower case: `net` for netdev, former addresses' local parts. */
  readonly aliases: readonly string[];
}

/** One way in which a series belongs to a subsystem. */
export interface SubsystemMatch {
  readonly slug: string;
  readonly name: string;
  readonly parent: string | null;
  /** The group in which the series is listed; exactly one match of a series is primary. */
  readonly primary: boolean;
  /** Changed lines in it, 0 to 1 of all lines whose path is known. */
  readonly share: number;
  readonly why: 'paths' | 'list' | 'prefix';
}

/** A path with its changed lines; 0 or null count as one line, so that renames and binaries are seen. */
export interface ChangedPath {
  readonly path: string;
  readonly changes: number | null;
}
