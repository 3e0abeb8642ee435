/** What Discord refuses though its OpenAPI description allows it. Counted in UTF-16 units, the stricter way. */

type Json = Readonly<Record<string, unknown>>;

const IS_COMPONENTS_V2 = 32_768;

/** What a message body has against the documented limits. `isEdit`: nothing has to be in it. */
export function messageProblems(body: Json, isEdit = false): string[] {
  const problems: string[] = [];
  const flags = Number(body.flags ?? 0);
  const isV2 = (flags & IS_COMPONENTS_V2) !== 0;
  const content = typeof body.content === 'string' ? body.content : '';
  const embeds = list(body.embeds);
  const components = list(body.components);
  if (content.length > 2000) problems.push(`content holds ${content.length} characters, 2000 at most`);
  if (isV2 && (content !== '' || embeds.length > 0)) problems.push('content or embeds beside components V2');
  if (!isV2 && components.some((one) => one.type !== 1)) problems.push('components V2 without their flag');
  if (!isEdit && content === '' && embeds.length === 0 && components.length === 0)
    problems.push('an empty message');
  const inEmbeds = embeds.reduce((sum, embed) => sum + textOf(embed), 0);
  if (inEmbeds > 6000) problems.push(`the embeds hold ${inEmbeds} characters, 6000 at most`);
  problems.push(...componentProblems(components));
  if (body.allowed_mentions === undefined) problems.push('no allowed_mentions: anybody could be mentioned');
  if (body.enforce_nonce === true && body.nonce === undefined) problems.push('enforce_nonce without a nonce');
  return problems;
}

function componentProblems(components: readonly Json[]): string[] {
  const all = nested(components);
  const problems: string[] = [];
  if (all.length > 40) problems.push(`${all.length} components, 40 at most`);
  const shown = all.reduce((sum, one) => sum + (typeof one.content === 'string' ? one.content.length : 0), 0);
  if (shown > 4000) problems.push(`the texts hold ${shown} characters, 4000 at most`);
  problems.push(
    ...repeated(
      'custom_id',
      all.map((one) => one.custom_id),
    ),
  );
  problems.push(
    ...repeated(
      'component id',
      all.map((one) => one.id),
    ),
  );
  for (const one of all) {
    if (one.type === 1) problems.push(...rowProblems(list(one.components)));
    if (one.type === 3)
      problems.push(
        ...repeated(
          'option value',
          list(one.options).map((option) => option.value),
        ),
      );
    if (one.type === 2) problems.push(...buttonProblems(one));
  }
  return problems;
}

function rowProblems(row: readonly Json[]): string[] {
  const selects = row.filter((one) => one.type !== 2).length;
  return selects > 0 && row.length > 1 ? ['a list shares its row'] : [];
}

function buttonProblems(button: Json): string[] {
  const isLink = button.style === 5;
  const problems: string[] = [];
  if (isLink !== (typeof button.url === 'string'))
    problems.push('a link button without address, or an address elsewhere');
  if (isLink === (typeof button.custom_id === 'string'))
    problems.push('a button without custom_id, or a link with one');
  if (typeof button.label !== 'string' || button.label === '') problems.push('a button without label');
  return problems;
}

function repeated(what: string, values: readonly unknown[]): string[] {
  const given = values.filter((value) => value !== undefined && value !== null);
  return new Set(given).size < given.length ? [`a ${what} is there twice`] : [];
}

/** Every component, those inside others too. */
export function nested(components: readonly Json[]): Json[] {
  return components.flatMap((one) => [
    one,
    ...nested(list(one.components)),
    ...(typeof one.accessory === 'object' && one.accessory !== null ? nested([one.accessory as Json]) : []),
  ]);
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value : [];
}

/** All text of an embed. */
function textOf(embed: unknown): number {
  if (typeof embed !== 'object' || embed === null) return 0;
  const { title, description, footer, author, fields } = embed as Record<string, unknown>;
  const length = (value: unknown) => (typeof value === 'string' ? value.length : 0);
  const named = (value: unknown, key: string) =>
    typeof value === 'object' && value !== null ? length((value as Json)[key]) : 0;
  const inFields = list(fields).reduce((sum, field) => sum + length(field.name) + length(field.value), 0);
  return length(title) + length(description) + named(footer, 'text') + named(author, 'name') + inFields;
}

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** What a set of commands has against the documented limits. */
export function commandProblems(commands: readonly Json[]): string[] {
  const problems: string[] = [];
  if (commands.length > 100) problems.push('more than 100 commands');
  problems.push(
    ...repeated(
      'command name',
      commands.map((one) => one.name),
    ),
  );
  for (const command of commands) {
    problems.push(
      ...namesOf(command)
        .filter(isBadName)
        .map((name) => `the name ${name}`),
    );
    if (unitsOf(command) > 8000) problems.push(`${String(command.name)} is longer than 8000 characters`);
    for (const options of optionLists(command)) {
      problems.push(
        ...repeated(
          'option name',
          options.map((option) => option.name),
        ),
      );
      const firstFree = options.findIndex((option) => option.required !== true);
      if (firstFree >= 0 && options.slice(firstFree).some((option) => option.required === true))
        problems.push(`${String(command.name)} has a required option after one that is not`);
      if (options.some((option) => option.autocomplete === true && list(option.choices).length > 0))
        problems.push('choices beside autocomplete');
    }
  }
  return problems;
}

function isBadName(name: string): boolean {
  return !NAME.test(name) || name !== name.toLowerCase();
}

function namesOf(command: Json): string[] {
  return [String(command.name), ...list(command.options).flatMap(namesOf)];
}

function optionLists(command: Json): Json[][] {
  const options = list(command.options);
  return [options, ...options.flatMap(optionLists)];
}

function unitsOf(command: Json): number {
  const own = String(command.name).length + String(command.description ?? '').length;
  const choices = list(command.choices).reduce(
    (sum, choice) => sum + String(choice.name).length + String(choice.value).length,
    0,
  );
  return own + choices + list(command.options).reduce((sum, option) => sum + unitsOf(option), 0);
}

const MOST_APPLIED = 5;
const MOST_TAGS = 20;
const TAG_NAME = 20;
const POST_FLAGS = IS_COMPONENTS_V2 | (1 << 2) | (1 << 12);

/** What a new post of a forum has against the documented limits. */
export function postProblems(body: Json): string[] {
  const message = typeof body.message === 'object' && body.message !== null ? (body.message as Json) : null;
  if (message === null) return ['a post without a message'];
  const problems = [...messageProblems(message), ...appliedProblems(body)];
  if ((Number(message.flags ?? 0) & ~POST_FLAGS) !== 0) problems.push('a flag that no post takes');
  if (message.nonce !== undefined) problems.push('a nonce, which no post takes');
  const name = String(body.name ?? '');
  if (name.length < 1 || name.length > 100) problems.push(`the name holds ${name.length} characters`);
  return problems;
}

/** What a change of a forum or a post has against them. */
export function channelProblems(body: Json): string[] {
  const tags = list(body.available_tags);
  const problems = appliedProblems(body);
  if (tags.length > MOST_TAGS) problems.push(`${tags.length} tags, ${MOST_TAGS} at most`);
  for (const { name } of tags)
    if (String(name).length < 1 || String(name).length > TAG_NAME)
      problems.push(`the tag ${String(name)} is too long`);
  problems.push(
    ...repeated(
      'tag',
      tags.map(({ name }) => String(name).toLowerCase()),
    ),
  );
  return problems;
}

function appliedProblems({ applied_tags: applied }: Json): string[] {
  const tags = Array.isArray(applied) ? applied : [];
  return [
    ...(tags.length > MOST_APPLIED ? [`${tags.length} tags on a post, ${MOST_APPLIED} at most`] : []),
    ...repeated('applied tag', tags),
  ];
}
