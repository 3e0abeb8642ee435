import { hostileTexts } from '../../contract/chat-views.js';
import { diff, type Written } from '../store/written-mail.js';

/** What would act in a page. */
const HOSTILE_HTML: readonly string[] = [
  '<script>document.title = "acted"</script>',
  '"><img src=x onerror=\'document.title="acted"\'>',
  '</title></head><body onload=alert(1)>',
  '<svg/onload=alert(1)> &lt;script&gt; &#60;script&#62;',
  '</textarea></option></select><iframe src=https://evil.example/>',
  '<a href="javascript:alert(1)">x</a> javascript:alert(1)',
  '<style>body{background:url(https://evil.example/)}</style>',
  '<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=https://evil.example/">',
  "' onmouseover='alert(1)' x='",
  '{{constructor}} <!-- --> ]]> <![CDATA[x]]>',
];

const encoded = (text: string) =>
  `=?utf-8?B?${Buffer.from(text.toWellFormed().slice(0, 3_000)).toString('base64')}?=`;

/** What mail and addresses may hold that must stay words. */
export const hostileWords: readonly string[] = [...HOSTILE_HTML, ...hostileTexts];

/** Two versions of a series for each, whose subjects, authors, letters and tags hold it. */
export const hostileMail: readonly Written[] = hostileWords.flatMap((text, i) => [
  {
    id: `<"'&${i}>@example.org`.replaceAll(/[<>]/g, i % 2 === 0 ? '' : 'x'),
    subject: `[PATCH ${encoded('<b>')}] ${encoded(`hostile${i} ${text}`)}`,
    from: `${encoded(text.slice(0, 300))} <ada${i}@example.org>`,
    date: '2026-11-16T09:00:00Z',
    body: `${text.slice(0, 2_000)}\n\nReviewed-by: ${text.replaceAll(/[\r\n]/g, ' ').slice(0, 200)} <bo@example.org>\n${diff()}`,
  },
  {
    id: `v2-${i}@example.org`,
    subject: `[PATCH v2] ${encoded(`hostile${i} ${text}`)}`,
    from: `${encoded(text.slice(0, 300))} <ada${i}@example.org>`,
    date: '2026-11-16T19:00:00Z',
    body: `Changes since v1:\n- ${text.slice(0, 2_000)}\n\n${diff()}`,
  },
]);
