// The scripts that make Tab work. They know nothing of the commands: each asks the program, so that they stay right when
// it grows. A library for that (@bomb.sh/tab) would want the table told anew, and knows neither lists in a word, nor bash's
// word breaks within it, nor how to keep what is typed out of the list of processes.

const bash = `# Completion of twitch for bash.
_twitch() {
  local answer kind line
  COMPREPLY=()
  answer=$(TWITCH_COMPLETE_LINE="\${COMP_LINE:0:COMP_POINT}" TWITCH_COMPLETE_WORD="$2" \\
    command twitch __complete bash 2>/dev/null) || return 0
  kind=\${answer%% *}
  case $kind in
    files)
      if ! compopt -o default 2>/dev/null; then
        while IFS= read -r line; do COMPREPLY[\${#COMPREPLY[@]}]=$line; done < <(compgen -f -- "$2")
      fi
      ;;
    programs)
      while IFS= read -r line; do COMPREPLY[\${#COMPREPLY[@]}]=$line; done < <(compgen -c -- "$2" | sort -u)
      ;;
    values | list)
      case $answer in *$'\\n'*) answer=\${answer#*$'\\n'} ;; *) return 0 ;; esac
      if [ "\${BASH_VERSINFO[0]}" -ge 4 ]; then
        mapfile -t COMPREPLY <<<"$answer"
      else
        while IFS= read -r line; do COMPREPLY[\${#COMPREPLY[@]}]=$line; done <<<"$answer"
      fi
      ;;
  esac
}
complete -F _twitch twitch
`

const zsh = `#compdef twitch
# Completion of twitch for zsh.
_twitch() {
  local kind
  local -a answer asked options
  answer=("\${(@f)$(TWITCH_COMPLETE_LINE="\${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX" TWITCH_COMPLETE_WORD="$PREFIX" \\
    command twitch __complete zsh 2>/dev/null)}")
  asked=("\${(@s: :)answer[1]}")
  kind=$asked[1]
  (( \${asked[2]:-0} > 0 )) && compset -p $asked[2]
  case $kind in
    files) _files ;;
    programs) _command_names -e ;;
    list)
      # A comma takes the place of the space behind what was completed.
      [[ -z $QIPREFIX ]] && options=(-S ' ' -r ',+')
      (( $#answer > 1 )) && answer=("\${(@)answer[2,-1]}") && _describe -t scopes scope answer $options
      ;;
    values) (( $#answer > 1 )) && answer=("\${(@)answer[2,-1]}") && _describe -V -t values value answer ;;
    *) return 1 ;;
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _twitch "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
  compdef _twitch twitch
fi
`

const fish = `# Completion of twitch for fish.
function __twitch_complete
    set -l line (commandline -cp | string collect)
    set -l answer (TWITCH_COMPLETE_LINE=$line command twitch __complete fish 2>/dev/null)
    set -l asked (string split ' ' -- $answer[1])
    switch "$asked[1]"
        case files
            set -l word (commandline -ct | string collect)
            set -l head (string sub -l $asked[2] -- $word)
            for path in (__fish_complete_path (string sub -s (math $asked[2] + 1) -- $word))
                echo $head$path
            end
        case programs
            __fish_complete_command
        case values list
            printf '%s\\n' $answer[2..-1]
    end
end
complete -c twitch -f -k -a '(__twitch_complete)'
`

const powershell = `# Completion of twitch for PowerShell.
Register-ArgumentCompleter -Native -CommandName twitch -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $text = $commandAst.Extent.Text
    $length = $cursorPosition - $commandAst.Extent.StartOffset
    $line = if ($length -gt $text.Length) { $text + ' ' } else { $text.Substring(0, $length) }
    $program = Get-Command twitch -CommandType Application, ExternalScript | Select-Object -First 1
    try {
        $env:TWITCH_COMPLETE_LINE = $line
        $env:TWITCH_COMPLETE_WORD = $wordToComplete
        $answer = @(& $program __complete powershell 2>$null)
    } finally {
        $env:TWITCH_COMPLETE_LINE = $null
        $env:TWITCH_COMPLETE_WORD = $null
    }
    if ($answer.Count -eq 0) { return }
    switch ($answer[0].Split(' ')[0]) {
        'files' { [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete) }
        'programs' { [System.Management.Automation.CompletionCompleters]::CompleteCommand($wordToComplete) }
        { $_ -in 'values', 'list' } {
            $answer | Select-Object -Skip 1 | ForEach-Object {
                $value, $summary = $_ -split [char]9, 2
                if (-not $summary) { $summary = $value }
                [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $summary)
            }
        }
    }
}
`

/** A shell's script, and what makes the shell run it at every start. */
interface ShellScript {
  readonly text: string
  /** The line to add, and the file to add it to. */
  readonly line: string
  readonly file: string
}

/** The scripts, by shell. */
export const scripts: Readonly<Record<string, ShellScript>> = {
  bash: { text: bash, line: 'eval "$(twitch completion bash)"', file: '~/.bashrc' },
  zsh: { text: zsh, line: 'eval "$(twitch completion zsh)"', file: '~/.zshrc' },
  fish: { text: fish, line: 'twitch completion fish | source', file: '~/.config/fish/config.fish' },
  powershell: {
    text: powershell,
    line: 'twitch completion powershell | Out-String | Invoke-Expression',
    file: '$PROFILE',
  },
}
