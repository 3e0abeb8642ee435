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
    [
      'its first line',
      'This is automated email and please do not reply to this email!\n\nDear submitter,',
      {},
      true,
    ],
    ['a line below the greeting', 'Hello,\n\nThis is an automated message.', {}, true],
    ['the same words in a quote', '> This is an automated message.\n\nReally?', {}, false],
    ['the same words far below', 'One.\nTwo.\nThree.\nFour.\nThis is an automated message.', {}, false],
    ['a sentence about automation', 'This is automated by the Makefile.', {}, false],
  ])('by %s: %j', (_, text, headers, isBot) => {
    expect(saysOf('bob@example.org', 'Bob Stone', text, headers) !== null).toBe(isBot);
  });

  it.each([
    ['Automatic reply: [PATCH v2 1/2] frob: flap', true],
    ['Out of Office: [PATCH] frob: flap', true],
    ['Réponse automatique : [PATCH] frob: flap', true],
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
