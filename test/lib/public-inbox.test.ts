import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publicInboxMissing, skippedBecause, usePublicInbox } from './public-inbox.js';

const mail = (id: string, extra = '') =>
  `From: Ada Example <ada@example.org>\nTo: kvm@vger.kernel.org\nSubject: ${id}\nDate: Mon, 16 Nov 2026 10:00:00 +0000\nMessage-ID: <${id}@example.org>\n\nHello ${id}.\n${extra}`;

describe.skipIf(publicInboxMissing !== null)(`public-inbox on loopback${skippedBecause}`, () => {
  const server = usePublicInbox({ mail: [mail('first')] });
  const commits = () =>
    execFileSync('git', ['log', '--format=%s'], { cwd: join(server().inboxFolder('kvm'), 'git/0.git') })
      .toString()
      .trim()
      .split('\n');
  const greets = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(server().nntpPort, '127.0.0.1');
      socket.once('data', () => resolve(socket.end() !== null));
      socket.once('error', () => resolve(false));
    });

  it('takes mail, removes it, stops, starts, and begins anew', async () => {
    await server().deliver('kvm', mail('second'));
    await server().deliverMany('kvm', [mail('third', 'From here\n'), mail('fourth')]);
    expect(commits()).toEqual(['fourth', 'third', 'second', 'first']);
    await server().remove('kvm', mail('fourth'));
    expect(commits()[0]).toBe('rm');
    expect(await greets()).toBe(true);
    await server().stop('nntpd');
    expect(await greets()).toBe(false);
    await server().start('nntpd');
    expect(await greets()).toBe(true);
    await server().makeAnew('kvm', [mail('other')]);
    expect(commits()).toEqual(['other']);
    expect(await (await fetch(`${server().httpUrl}/kvm/other@example.org/raw`)).text()).toContain(
      'Hello other.',
    );
    expect(server().group('kvm')).toBe('org.kernel.vger.kvm');
  });
});
