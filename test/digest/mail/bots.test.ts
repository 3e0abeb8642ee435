import { describe, expect, it } from 'vitest';
import { botOf, readBots } from '../../../src/digest/mail/bots.js';
import type { Mail } from '../../../src/digest/mail/mail.js';

const mailOf = (text: string, headers: Mail['headers'] = {}) => ({ text, headers }) as Mail;
const saysOf = (email: string, name = '', text = '', headers = {}) =>
  botOf(mailOf(text, headers), { name, email })?.says ?? null;

describe('who is a program', () => {
  it.each([
    ['syzbot+0123456789abcdef0123@syzkaller.appspotmail.com', 'syzbot'],
    ['patchwork-bot+netdevbpf@kernel.org', 'applied'],
    ['pr-tracker-bot@kernel.org', 'applied'],
    ['tip-bot2@linutronix.de', 'applied'],
    ['lkp@intel.com', 'build'],
    ['oliver.sang@intel.com', 'test'],
    ['bluez.test.bot@gmail.com', 'ci'],
    ['bot+bpf-ci@kernel.org', 'ai-review'],
    ['other.test.bot@mail.example', 'ci'],
    ['foo-ci@example.org', 'ci'],
    ['CI@example.org', 'ci'],
    ['bugzilla-daemon@kernel.org', 'notification'],
    ['noreply@github.com', 'notification'],
    ['notifications@github.com', 'notification'],
    ['gerrit@example.org', 'notification'],
    ['MAILER-DAEMON@example.org', 'notification'],
    ['builds@sr.ht', 'ci'],
    ['dpdklab@example.org', 'ci'],
  ])('%s: what it writes is %s', (email, says) => {
    expect(saysOf(email)).toBe(says);
  });

  it.each([
    'ciara@example.org',
    'cindy@example.org',
    'jenkinson@example.org',
    'talbot@example.org',
    'shazbot@example.org',
    'patchworker@example.org',
    'lkp@example.org',
  ])('%s is a person', (email) => {
    expect(saysOf(email, 'Cindy Oak')).toBeNull();
  });

  it.each<[string, string, Mail['headers'], boolean]>([
    ['a header that asks for notices', 'Fine.', { 'x-patchwork-bot': 'notify' }, false],
    ['Auto-Submitted: no', 'Fine.', { 'auto-submitted': 'no' }, false],
    ['Auto-Submitted', 'Fine.', { 'auto-submitted': 'auto-replied' }, true],
    ['X-Autoreply', 'I am on holiday.', { 'x-autoreply': 'yes' }, true],
    ['Precedence: auto_reply', 'I am on holiday.', { precedence: 'auto_reply' }, true],
    ['Precedence: auto-reply', 'I am on holiday.', { precedence: 'auto-reply' }, true],
    ['Precedence: bulk', 'Fine.', { precedence: 'bulk' }, false],
    ['X-Autorespond', 'I am on holiday.', { 'x-autorespond': 'yes' }, true],
    ['X-Mail-Autoreply', 'I am on holiday.', { 'x-mail-autoreply': '1' }, true],
    ['X-POST-MessageClass', 'I am on holiday.', { 'x-post-messageclass': '9; Autoresponder' }, true],
    [
      'its first line',
      'This is automated email and please do not reply to this email!\n\nDear submitter,',
      {},
      true,
    ],
    ['a line below the greeting', 'Hello,\n\nThis is an automated message.', {}, true],
    ['the same words in a quote', '> This is an automated message.\n\nReally?', {}, false],
    ['the same words far below', 'One.\nTwo.\nThree.\nFour.\nThis is an automated message.', {}, false],
    ['a second sentence', 'Thank you for your mail. This is an automated response.', {}, true],
    ["a maintainer's bot", 'Hi,\n\nThis is the friendly semi-automated patch-bot of Max Tamer.', {}, true],
    ['a heading', "[ Max's backport helper bot ]\n\nHi,", {}, true],
    ['what its bot found', "My bot found errors running 'make dt_binding_check' on your patch:", {}, true],
    ['what its CI did', 'Hi Ada,\n\nThank you!\n\nOur CI did some validations:', {}, true],
    ['a label', 'Test-Label: x86_64-unit-testing\nTest-Status: SUCCESS', {}, true],
    ['that a model wrote it', 'This is an AI-generated review; it may be wrong.', {}, true],
    ['a sentence about a bot', 'My bot does not like this patch, but I do.', {}, false],
    ['a sentence about a CI', 'Our CI is broken.', {}, false],
    ['what a CI found for a person', 'Our CI found a regression with this patch, can you fix it?', {}, false],
    ['a complaint', 'This is an AI-generated report, please stop sending them.', {}, false],
    ['a remark in brackets', '[ adding the kernel test bot ]\n\nPlease use tabs.', {}, false],
    ['a report of a lock', 'Hi Bob. Automatic report of the lock is broken by this.', {}, false],
    ['a sentence about automation', 'This is automated by the Makefile.', {}, false],
  ])('by %s: %j', (_, text, headers, isBot) => {
    expect(saysOf('bob@example.org', 'Bob Stone', text, headers) !== null).toBe(isBot);
  });

  it.each([
    ['Automatic reply: [PATCH v2 1/2] frob: flap', true],
    ['Out of Office: [PATCH] frob: flap', true],
    ['Réponse automatique : [PATCH] frob: flap', true],
    ['Automatisch antwoord: [PATCH] frob: flap', true],
    ['Automatická odpověď: [PATCH] frob: flap', true],
    ['Automatyczna odpowiedź: [PATCH] frob: flap', true],
    ['Autosvar: [PATCH] frob: flap', true],
    ['自动答复: [PATCH] frob: flap', true],
    ['自動返信: [PATCH] frob: flap', true],
    ['자동 회신: [PATCH] frob: flap', true],
    ['[Auto-Reply] Re: [PATCH] frob: flap', true],
    ['Out of Office Re: [PATCH] frob: flap', true],
    ['AUTO: Bob Stone is out of the office (returning 03/10/2026)', true],
    ['Auto: [PATCH] frob: flap', true],
    ['auto: drive the frob', false],
    ['[PATCH] Auto: drive the frob', false],
    ['Re: [PATCH] frob: is out of the office', false],
    ['Re: Automatic reply to a ping', false],
    ['[PATCH] Automatic reply: do not loop', false],
  ])('by its subject: %j: %s', (subject, isBot) => {
    const mail = { ...mailOf('I am away until Monday.'), subject };
    expect(botOf(mail, { name: 'Bob Stone', email: 'bob@example.org' }) !== null).toBe(isBot);
  });

  it('is extended by configuration, by address and by domain', () => {
    const table = readBots([
      { address: 'checks@example.org', says: 'static-analysis' },
      { address: '*@robots.example.org', says: 'test' },
    ]);
    expect(table.byAddress('Checks@example.org')).toEqual({
      who: 'checks@example.org',
      says: 'static-analysis',
    });
    expect(table.byAddress('any@robots.example.org')?.says).toBe('test');
    expect(table.byAddress('any@example.org')).toBeNull();
    expect(table.byAddress('lkp@intel.com')?.who).toBe('kernel test robot');
  });
});
