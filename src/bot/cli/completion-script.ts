import { phrase } from './cli-side.js';
import type { CliContext, CliOption } from './context.js';
import { sharedOptions } from './shared-options.js';

export const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

type Offered = CliContext['commands'];

interface Completed {
  readonly name: string;
  readonly does: string;
  readonly options: readonly (readonly [name: string, option: CliOption<unknown>])[];
  /** Words that may be behind it: subcommands, names of schemas. */
  readonly words: readonly string[];
  readonly files: boolean;
}

/** The script that makes a shell complete commands, options and their values: generated from the commands themselves. */
export function completionScript(shell: Shell, commands: Offered): string {
  const completed = commands.map(({ name, does, cli }): Completed => {
    const words = cli.arguments.flatMap(({ completes }) =>
      completes === null || completes === 'files' ? [] : completes,
    );
    return {
      name,
      does: phrase(does, cli),
      options: Object.entries(cli.options),
      words: cli.subcommand === null ? words : [cli.subcommand, ...words],
      files: cli.arguments.some(({ completes }) => completes === 'files'),
    };
  });
  switch (shell) {
    case 'bash':
      return bashScript(completed);
    case 'zsh':
      return zshScript(completed);
    case 'fish':
      return fishScript(completed);
    default:
      return shell satisfies never;
  }
}

const shared = Object.entries(sharedOptions);

const takesPath = (option: CliOption<unknown>) => option.value === '<path>';
const names = (options: Completed['options']) => options.map(([name]) => `--${name}`);

function bashScript(commands: readonly Completed[]): string {
  const withValue = commands.flatMap(({ name, options }) =>
    options
      .filter(([, { value }]) => value !== null)
      .map(([option, spec]) => {
        const reply = takesPath(spec) ? 'files=1' : `words='${spec.choices.join(' ')}'`;
        return `    '${name} --${option}') ${reply} ;;`;
      }),
  );
  const words = commands.map(
    ({ name, options, words: behind, files }) =>
      `        ${name}) words='${[...behind, ...names(options), ...names(shared), '--help'].join(' ')}'${files ? ' files=1' : ''} ;;`,
  );
  const first = [...commands.map(({ name }) => name), ...names(shared), '--help', '--version'].join(' ');
  return `# bash completion for covernote: source <(covernote completion bash)
_covernote() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]}
  local command='' words='' files='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      --db | --color) ((i++)) ;;
      -*) ;;
      *) command=\${COMP_WORDS[i]} && break ;;
    esac
  done
  case "$command $prev" in
${withValue.join('\n')}
    *' --db') files=1 ;;
    *' --color') words='${sharedOptions.color.choices.join(' ')}' ;;
    *)
      case $command in
        '') words='${first}' ;;
${words.join('\n')}
      esac
      ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
  if [[ $files && $cur != -* ]]; then
    compopt -o filenames
    mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$cur")
  fi
}
complete -F _covernote covernote
`;
}

function zshScript(commands: readonly Completed[]): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const inside = (text: string) => text.replaceAll(/[[\]:\\]/g, '\\$&');
  const optionWord = ([name, option]: Completed['options'][number]) => {
    const { value, choices, repeats } = option;
    const what = takesPath(option) ? '_files' : choices.length > 0 ? `(${choices.join(' ')})` : ' ';
    const tail = value === null ? '' : `:${inside(value.replaceAll(/[<>]/g, ''))}:${what}`;
    return quoted(`${repeats ? '*' : ''}--${name}[${inside(option.does)}]${tail}`);
  };
  const described = commands.map(
    ({ name, does }) => `    ${quoted(`${name}:${does.replaceAll(':', '\\:')}`)}`,
  );
  const cases = commands.map(({ name, options, words, files }) => {
    const behind = files ? '*:file:_files' : words.length > 0 ? `*:word:(${words.join(' ')})` : '*: : ';
    return `        ${name}) _arguments $shared ${[...options.map(optionWord), quoted(behind)].join(' ')} ;;`;
  });
  return `#compdef covernote
# zsh completion for covernote: source <(covernote completion zsh)
_covernote() {
  local -a commands shared
  local context state line
  commands=(
${described.join('\n')}
  )
  shared=(${shared.map(optionWord).join(' ')})
  _arguments -C $shared '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe command commands ;;
    argument)
      case $words[1] in
${cases.join('\n')}
      esac
      ;;
  esac
}
compdef _covernote covernote
`;
}

function fishScript(commands: readonly Completed[]): string {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const option =
    (condition: string) =>
    ([name, spec]: Completed['options'][number]) => {
      const value =
        spec.value === null ? '' : takesPath(spec) ? ' -r -F' : ` -x -a ${quoted(spec.choices.join(' '))}`;
      return `complete -c covernote${condition} -l ${name}${value} -d ${quoted(spec.does)}`;
    };
  const lines = commands.flatMap(({ name, does, options, words, files }) => {
    const condition = ` -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c covernote -n __fish_use_subcommand -a ${name} -d ${quoted(does)}`,
      ...options.map(option(condition)),
      ...(words.length > 0 ? [`complete -c covernote${condition} -a ${quoted(words.join(' '))}`] : []),
      ...(files ? [`complete -c covernote${condition} -F`] : []),
    ];
  });
  return `# fish completion for covernote: covernote completion fish | source
complete -c covernote -f
${[...shared.map(option('')), ...lines].join('\n')}
`;
}
