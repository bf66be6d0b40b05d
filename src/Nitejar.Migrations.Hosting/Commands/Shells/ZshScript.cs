using System.Text;

namespace Nitejar.Migrations.Hosting.Commands.Shells;

/// <summary>Completion for zsh: <c>source &lt;(nitejar-migrate completion zsh)</c>, behind <c>compinit</c>.</summary>
internal static class ZshScript
{
    public static string Of(CompletedProgram program)
    {
        var text = new StringBuilder(
            $$"""
            #compdef {{program.Name}}
            # Completion of {{program.Name}} for zsh. In ~/.zshrc, behind compinit: source <({{program.Name}} completion zsh)
            _{{program.Identifier}}() {
              local previous=${words[CURRENT-1]} path_= word files=
              local -a found

            """
        );
        text.Append(
                ShellCases
                    .Path(program.Commands, "${words[2,CURRENT-1]}")
                    .Replace("$path", "$path_", StringComparison.Ordinal)
                    .Replace("path=", "path_=", StringComparison.Ordinal)
            )
            .Append(
                ShellCases.Values(
                    program.Commands,
                    "\"$path_ $previous\"",
                    "_files; return",
                    values => $"compadd -- {values}; return",
                    "return"
                )
            )
            .Append(
                ShellCases
                    .Words(program.Commands, "found=(", ")", "files=1")
                    .Replace("$path", "$path_", StringComparison.Ordinal)
            );
        return text.Append(
                CultureInfo.InvariantCulture,
                $$"""
                  compadd -- $found
                  if [[ -n $files ]]; then _files; fi
                }
                if [[ $funcstack[1] == _{{program.Name}} ]]; then
                  _{{program.Identifier}} "$@"
                else
                  compdef _{{program.Identifier}} {{program.Name}}
                fi

                """
            )
            .ToString();
    }
}
