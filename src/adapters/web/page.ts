import type { PublicLibrary } from '../../digest/ports/public-library.js';
import { withoutTail } from '../../digest/text/without-tail.js';
import { openZone, type Zone } from '../../digest/time/zone.js';

/** Where the pages are published. */
export interface Site {
  /** `https://covernote.example.org/lists`, without a slash at its end; null if it is not known. */
  readonly publicUrl: string | null;
  /** The path of it: `/lists`; '' at the root. */
  readonly base: string;
  /** IANA zone in which times are read and shown. */
  readonly zone: string;
  /** The same, created once: that takes longer than the rest of a page. */
  readonly localTime: Zone['localTime'];
}

/** What every page needs. */
export interface PageContext {
  readonly site: Site;
  readonly nowMs: number;
  /** When the newest mail was received, ISO UTC. */
  readonly newestMail: string | null;
}

/** What the routes use to answer requests. */
export interface WebServices {
  readonly library: PublicLibrary;
  /** One of our own SVG pictures as PNG. */
  readonly renderPng: (svg: string) => Promise<Uint8Array>;
  readonly site: Site;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function readSite(publicUrl: string | null, zone: string): Site {
  const url = publicUrl === null ? null : withoutTail(publicUrl, '/');
  const base = url === null ? '' : withoutTail(new URL(url).pathname, '/');
  return { publicUrl: url, base, zone, localTime: openZone(zone).localTime };
}

/** The address of one of our own pages, for a link on another. */
export function href({ base }: Site, path: string): string {
  return `${base}${path}`;
}

/** The same for use outside the site: absolute if the site's URL is known. */
export function absolute({ publicUrl, base }: Site, path: string): string {
  return `${publicUrl ?? base}${path}`;
}
