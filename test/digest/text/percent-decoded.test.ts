import { expect, it } from 'vitest';
import { percentDecoded } from '../../../src/digest/text/percent-decoded.js';

it.each([
  ['a%40b', 'a@b'],
  ['%C3%A9', 'é'],
  ['%E0%A4%A', '%E0%A4%A'],
  ['%ZZ%40', '%ZZ%40'],
  ['100%', '100%'],
  ['', ''],
])('decodes %j as %j', (text, expected) => expect(percentDecoded(text)).toBe(expected));
