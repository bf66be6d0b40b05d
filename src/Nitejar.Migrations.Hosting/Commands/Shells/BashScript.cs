using System.Text;

namespace Nitejar.Migrations.Hosting.Commands.Shells;

/// <summary>Completion for bash: <c>source &lt;(nitejar-migrate completion bash)</c>.</summary>
internal static class BashScript
{
    public static string Of(IReadOnlyList<CompletedCommand> commands)
    {
        var text = new StringBuilder(
            """
            # Completion of nitejar-migrate for bash. In ~/.bashrc: source <(nitejar-migrate completion bash)
            _nitejar_migrate() {
              local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} path= word words= files=

            """
        );
        text.Append(ShellCases.Path(commands, "\"${COMP_WORDS[@]:1:COMP_CWORD-1}\""))
            .Append(
                ShellCases.Values(
                    commands,
                    "\"$path $previous\"",
                    "COMPREPLY=($(compgen -f -- \"$current\")); return",
                    values => $"COMPREPLY=($(compgen -W '{values}' -- \"$current\")); return",
                    "return"
                )
            )
            .Append(ShellCases.Words(commands, "words='", "'", "files=1"));
        return text.Append(
                """
                  COMPREPLY=($(compgen -W "$words" -- "$current"))
                  if [ -n "$files" ]; then COMPREPLY+=($(compgen -f -- "$current")); fi
                }
                complete -o filenames -F _nitejar_migrate nitejar-migrate

                """
            )
            .ToString();
    }
}
