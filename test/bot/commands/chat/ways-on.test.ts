import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Action, Answer } from '../../../../src/digest/ports/chat-bot.js';
import { type ChatTestScene, labelled, makeChatScene, member, selectOf, textOf } from './chat-scene.js';

let scene: ChatTestScene;
beforeEach(async () => {
  scene = await makeChatScene();
});
afterEach(async () => {
  expect(scene.bugs).toEqual([]);
  await scene.store.close();
});

const labels = ({ actions }: Answer) =>
  actions.flatMap((action: Action) => (action.kind === 'select' ? [] : [action.label]));
const ask = async (line: string) => textOf((await scene.ask(line)).view);

describe('words for one series that match several', () => {
  it.each([
    ['/snooze mm 2w', 'is snoozed until'],
    ['/snooze mm off', 'is not snoozed'],
    ['/snooze mm done here', 'is done here'],
    ['/digest mute mm', 'is muted here'],
  ])('%s offers them, and a press does what was asked', async (line, done) => {
    const answer = await scene.ask(line);
    expect(answer.kind).toBe('problem');
    expect(textOf(answer.view)).toContain(
      'Several series match “mm”.Choose one, or add a word of its title.',
    );
    expect(labels(answer)).toContain('mm/vmscan: Remove an unused argument');
    expect(labels(answer)).toHaveLength(5);
    const pressed = await scene.press(labelled(answer, 'mm/vmscan: Remove an unused argument'));
    expect(textOf((pressed.announce ?? pressed).view)).toContain('“mm/vmscan: Remove an unused argument”');
    expect(textOf((pressed.announce ?? pressed).view)).toContain(done);
  });

  it.each(['/snooze xyzzy 2w', '/digest mute xyzzy'])('%s says that there is none', async (line) => {
    const answer = await scene.ask(line);
    expect(textOf(answer.view)).toBe('No series matches “xyzzy”./series searches titles.');
    expect(labels(answer)).toEqual([]);
  });

  it('a word that is no time is refused as one, and not looked for', async () => {
    expect(await ask('/snooze foll_pin yesterday')).toContain('“yesterday” is not a time to snooze until.');
    expect(await ask('/snooze foll_pin yesterday')).toContain('/snooze foll_pin 2w');
    expect(await ask('/snooze xyzzy yesterday')).toContain('No series matches “xyzzy yesterday”.');
  });
});

describe('titles that come close', () => {
  it.each(['foo bar', 'xyzzy', 'for the zzzz', 'qq ww ee'])('are none for %s', async (words) => {
    const answer = await scene.ask(`/series ${words}`);
    expect(textOf(answer.view)).not.toContain('close');
    expect(textOf(answer.view)).toContain('Try fewer words, or a part of one.');
    expect(answer.actions).toEqual([]);
  });

  it.each([
    ['madvise zzzz', 'mm/madvise'],
    ['registred zzzz', 'Zero-copy send from registered buffers'],
  ])('are some for %s', async (words, title) => {
    const answer = await scene.ask(`/series ${words}`);
    expect(
      selectOf(answer)
        .options.map(({ label }) => label)
        .join(),
    ).toContain(title);
  });
});

describe('a follow of one series', () => {
  beforeEach(async () => {
    await scene.press(labelled(await scene.ask('/series foll_pin'), 'Follow this series'));
    await scene.ask('/follow kvm');
  });

  it.each(['/following', '/unfollow', '/unfollow pin', '/unfollow 9'])(
    '%s names it by its title',
    async (line) => {
      const answer = await scene.ask(line);
      const [first] = selectOf(answer).options;
      expect(first?.label).toBe('the series “mm/gup: track pinned pages: FOLL_PIN”');
      expect(textOf(answer.view)).not.toContain('@example.org');
    },
  );

  it('a number that is not in /following says which are', async () => {
    expect(await ask('/unfollow 9')).toBe('/following has no number 9, only 1 to 2.');
    await scene.ask('/unfollow 2');
    expect(await ask('/unfollow 2')).toBe('/following has no number 2, only 1.');
  });
});

describe('what is counted', () => {
  it('replies to other versions are not said to be to this one', async () => {
    expect(await ask('/series foll_pin')).toContain('· 4 replies in all ·');
    expect(await ask('/series foll_pin v1')).toContain('4 replies in all');
    expect(await ask('/series foll_pin view:reviews')).toContain('4 of 6 patches covered · 4 replies in all');
    expect(await ask('/series madvise')).toContain('3 replies');
    expect(await ask('/series madvise')).not.toContain('in all');
  });

  it('nothing is counted where there is none', async () => {
    expect(await ask('/series migrate a device view:details')).not.toContain('0 replies');
    await scene.ask('/me add ada.quill@example.org');
    expect(await ask('/board')).toContain('· v3 · today · Léa Fontaine answered today');
  });

  it('the page of reviews holds what programs found', async () => {
    expect(await ask('/series migrate a device view:reviews')).toContain(
      'What programs foundkernel test robot: the build fails',
    );
    expect(await ask('/series madvise view:reviews')).not.toContain('programs');
  });

  it('one version has no changes between versions', async () => {
    expect(await ask('/series poll for a vcpu view:changes')).toContain('Only one version is here.');
  });
});

describe('what can be done next', () => {
  it('a comparison opens its series', async () => {
    const answer = await scene.ask('/series foll_pin v2 v3');
    const opened = await scene.press(labelled(answer, 'Open the series'));
    expect(textOf(opened.view)).toContain('FOLL_PIN v3');
    expect(labels(opened)).toContain('Details');
  });

  it('a preview is sent by those who may', async () => {
    await scene.ask('/follow kvm');
    expect(labels(await scene.ask('/digest'))).toContain('Send now');
    expect(labels(await scene.ask('/digest', { requester: member }))).not.toContain('Send now');
    const sent = await scene.press(labelled(await scene.ask('/digest'), 'Send now'));
    expect(textOf(sent.view)).toContain('The digest is on its way');
  });

  it('an address that was added leads to the board', async () => {
    const added = await scene.ask('/me add ada.quill@example.org');
    expect(textOf((await scene.press(labelled(added, 'My board'))).view)).toContain('FOLL_PIN');
  });

  it('what is snoozed can be chosen, to end it', async () => {
    await scene.ask('/snooze foll_pin 2w');
    const select = selectOf(await scene.ask('/snooze'));
    const question = await scene.press(select, { value: select.options[0]?.value ?? '' });
    const ended = await scene.press(labelled(question, 'End my snooze'));
    expect(textOf(ended.view)).toContain('is no longer snoozed');
  });

  it('an empty board says what is listed, and whose address is missing', async () => {
    const text = await ask('/board');
    expect(text).toContain('Nothing is waiting.');
    expect(text).toContain('without an answer for 3 days, reviewed but not applied for 7');
    expect(text).toContain('/me add jane@example.org');
    expect(await ask('/board kvm')).toContain('Nothing in kvm is waiting.');
  });

  it('recent series are listed as results are', async () => {
    expect(await ask('/series')).toContain(
      'mm/gup: track pinned pages: FOLL_PIN · v3 · Ada Quill · 2026-11-16',
    );
  });
});

describe('refusals', () => {
  it.each([
    ['/series author:', '“author:” needs a value.Type for example author:jane@example.org.'],
    ['/series is:open', '“is:” is a filter of /follow'],
    ['/series in:zzzzzz', 'No subsystem is called “zzzzzz”.The command subsystems lists all.'],
    ['/series in:kmv', 'Did you mean in:kvm'],
    ['/series state:foo', 'there are new, under-review, changes-requested, applied'],
    ['/series since:2030-01-01', '“2030-01-01” is in the future.'],
    ['/board foo:bar', 'There is no filter “foo:”.'],
    ['/board kmv', 'There is no subsystem “kmv”.Did you mean kvm'],
    ['/covernote help nosuch', '/covernote help lists all.'],
    ['/digest at 9 Marz', '“Marz” is neither a time, a day nor a time zone.'],
    ['/digest at every 2 days', 'There is no schedule “every 2 days”: digests come at times of day'],
    ['/follow kvm 9am', '“9am” is a time, and follows have none.'],
    ['/follow zzzzqqqq', 'Nothing matched in the last 30 days: series with “zzzzqqqq” in the title.'],
  ])('%s', async (line, text) => {
    expect(await ask(line)).toContain(text);
  });

  it.each(['list: add a helper', 'state: fix it'])('%s is a title, not a filter', async (title) => {
    expect(await ask(`/series ${title}`)).toContain(`No series matches “${title}”.`);
  });
});

describe('what is said of follows', () => {
  it('an example is not one of more where there are no more', async () => {
    const one = await scene.ask('/follow author:ada.quill@example.org');
    expect(textOf(one.announce?.view ?? one.view)).toContain(
      'matched 1 series: “mm/gup: track pinned pages: FOLL_PIN”.',
    );
    const many = await scene.ask('/follow kvm');
    expect(textOf(many.announce?.view ?? many.view)).toContain('matched 8 series, such as “');
  });

  it('one series comes last among what a digest is for', async () => {
    await scene.press(labelled(await scene.ask('/series foll_pin'), 'Follow this series'));
    expect(await ask('/digest 7')).toContain('· for one series');
    await scene.ask('/follow kvm');
    expect(await ask('/digest 7')).toContain('· for kvm and one series');
    await scene.press(labelled(await scene.ask('/series madvise'), 'Follow this series'));
    expect(await ask('/digest 7')).toContain('· for kvm and 2 single series');
  });
});

describe('pages and rows', () => {
  it('a page leads back to the one before it', async () => {
    const first = await scene.ask('/series e');
    expect(labels(first)).toEqual(['Next page']);
    const second = await scene.press(labelled(first, 'Next page'));
    expect(labels(second)).toEqual(['Previous page']);
    const back = await scene.press(labelled(second, 'Previous page'));
    expect(textOf(back.view)).toBe(textOf(first.view));
    expect(labels(await scene.ask('/subsystems page:2'))).toEqual(['Previous page', 'Next page']);
  });

  it('a row of the board can be opened', async () => {
    scene.pass(8 * 86_400_000);
    const select = selectOf(await scene.ask('/board kvm'));
    expect(select.placeholder).toBe('Open, snooze or mark one as done');
    const asked = await scene.press(select, { value: select.options[0]?.value ?? '' });
    const card = await scene.press(labelled(asked, 'Open its card'));
    expect(textOf(card.view)).toContain(select.options[0]?.label);
    expect(labels(card)).toContain('Follow this series');
  });

  it.each(['2', '#2', '17'])('%s alone is nothing to follow', async (number) => {
    const answer = await scene.ask(`/follow ${number}`);
    expect(answer.kind).toBe('problem');
    expect(textOf(answer.view)).toContain(`“${number}” is a number`);
    expect(await ask('/following')).toContain('follows nothing yet');
  });

  it('a number in quotes, or next to words, is looked for in titles', async () => {
    expect((await scene.ask('/follow "7"')).kind).toBe('done');
    expect(await ask('/follow 2 kvm')).not.toContain('is a number');
  });
});
