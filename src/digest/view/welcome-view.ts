import type { Block, View } from './view.js';

/** A few words and three things to try, when the bot comes to a channel, a server or a workspace. */
export function welcomeView(to: 'channel' | 'person'): View {
  const where = to === 'channel' ? 'here' : 'in a channel, or here for you alone';
  const tries: readonly (readonly [command: string, does: string])[] = [
    ['/series foll_pin', 'the card of one patch series; a link to the list works as well'],
    ['/follow kvm', `${where}: a digest every morning of what is new`],
    ['/digest', 'what the next digest would contain, shown only to you'],
  ];
  const list: Block = {
    kind: 'list',
    ordered: true,
    items: tries.map(([command, does]) => [{ text: command, style: 'code' }, { text: `: ${does}` }]),
  };
  const hello = 'I follow kernel mailing lists and post what is new in what you follow. Three things to try:';
  return {
    fallback: `${hello} ${tries.map(([command]) => command).join(', ')}.`,
    blocks: [
      { kind: 'paragraph', spans: [{ text: hello }] },
      list,
      {
        kind: 'note',
        spans: [{ text: '/covernote help shows the rest. Nothing is posted until something is followed.' }],
      },
    ],
  };
}
