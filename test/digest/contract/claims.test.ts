import { expect, it } from 'vitest';
import { toParsedMessage } from '../../../src/digest/contract/to-parsed-message.js';
import { understand } from '../../../src/digest/message/understand.js';
import { mail } from '../message/mail.js';

const reply = (subject: string, text: string) =>
  toParsedMessage(
    understand(mail({ subject, text, inReplyTo: ['a@example.org'], references: ['a@example.org'] })),
  );

it.each([
  ['Re: [PATCH 0/3] frob: fly', 'Applied to frob-next, thanks!', 'applied', 'all', 'frob-next'],
  ['Re: [PATCH 2/3] frob: fly', 'Applied to frob-next, thanks!', 'applied', 'part', 'frob-next'],
  ['Re: [PATCH 2/3] frob: fly', 'The whole series is applied, thanks!', 'applied', 'all', null],
  ['Re: [PATCH 0/3] frob: fly', 'Applied patches 1 and 2, thanks!', 'applied', 'part', null],
  ['Re: [PATCH] frob: fly', "I'll queue this up for 6.17.", 'will-apply', 'all', null],
  ['Re: [PATCH] frob: fly', 'Please use tabs here.', 'changes-requested', 'all', null],
  ['Re: [PATCH 1/2] frob: fly', 'Will fix.', 'author-will-change', 'part', null],
  ['Re: [PATCH 1/2] frob: fly', 'Will fix in v2.', 'author-will-change', 'all', null],
  ['Re: [PATCH] frob: fly', 'Dropped again: it breaks the build.', 'unapplied', 'all', null],
  ['Re: [PATCH] frob: fly', 'Please ignore this patch.', 'withdrawn', 'all', null],
  ['Re: [PATCH] frob: fly', 'NAK, this breaks users.', 'rejected', 'all', null],
  ['Re: [PATCH] frob: fly', 'Please see v8 instead.', 'superseded', 'all', null],
])('%s: %j is printed as %s of %s, tree %s', (subject, span, says, scope, tree) => {
  expect(reply(subject, span).claims).toEqual([{ says, scope, tree, span }]);
});

it('prints no claim of quoted words, and none of a command that only opens a posting again', () => {
  expect(reply('Re: [PATCH] frob: fly', '> Applied, thanks!\n\nThanks.').claims).toEqual([]);
  expect(reply('Re: [PATCH] frob: fly', 'Thanks.\n\npw-bot: under-review').claims).toEqual([]);
});

it('names the program that wrote a mail, and what its mail is about', () => {
  const from = { name: 'kernel test robot', email: 'lkp@intel.com' };
  expect(toParsedMessage(understand(mail({ from }))).bot).toEqual({
    who: 'kernel test robot',
    says: 'build',
  });
  expect(reply('Re: [PATCH] frob: fly', 'Fine.').bot).toBeNull();
});
