using System.Text;

namespace Nitejar.Migrations.Hosting.Commands.Shells;

/// <summary>Completion for zsh: <c>source &lt;(nitejar-migrate completion zsh)</c>, behind <c>compinit</c>.</summary>
internal static class ZshScript
{
    public static string Of(IReadOnlyList<CompletedCommand> commands)
    {
        var text = new StringBuilder(
            """
            #compdef nitejar-migrate
            # Completion of nitejar-migrate for zsh. In ~/.zshrc, behind compinit: source <(nitejar-migrate completion zsh)
            _nitejar_migrate() {
              local previous=${words[CURRENT-1]} path_= word files=
              local -a found

            """
        );
        text.Append(
                ShellCases
                    .Path(commands, "${words[2,CURRENT-1]}")
                    .Replace("$path", "$path_", StringComparison.Ordinal)
                    .Replace("path=", "path_=", StringComparison.Ordinal)
            )
            .Append(
                ShellCases.Values(
                    commands,
                    "\"$path_ $previous\"",
                    "_files; return",
                    values => $"compadd -- {values}; return",
                    "return"
                )
            )
            .Append(
                ShellCases
                    .Words(commands, "found=(", ")", "files=1")
                    .Replace("$path", "$path_", StringComparison.Ordinal)
            );
        return text.Append(
                """
                  compadd -- $found
                  if [[ -n $files ]]; then _files; fi
                }
                compdef _nitejar_migrate nitejar-migrate

                """
            )
            .ToString();
    }
}
