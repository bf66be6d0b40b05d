using System.Text;

namespace Nitejar.Migrations.Hosting.Commands.Shells;

/// <summary>Completion for bash: <c>source &lt;(nitejar-migrate completion bash)</c>.</summary>
internal static class BashScript
{
    public static string Of(CompletedProgram program)
    {
        var text = new StringBuilder(
            $$"""
            # Completion of {{program.Name}} for bash. In ~/.bashrc: source <({{program.Name}} completion bash)
            _{{program.Identifier}}() {
              local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} path= word words= files=

            """
        );
        text.Append(ShellCases.Path(program.Commands, "\"${COMP_WORDS[@]:1:COMP_CWORD-1}\""))
            .Append(
                ShellCases.Values(
                    program.Commands,
                    "\"$path $previous\"",
                    "COMPREPLY=($(compgen -f -- \"$current\")); return",
                    values => $"COMPREPLY=($(compgen -W '{values}' -- \"$current\")); return",
                    "return"
                )
            )
            .Append(ShellCases.Words(program.Commands, "words='", "'", "files=1"));
        return text.Append(
                CultureInfo.InvariantCulture,
                $$"""
                  COMPREPLY=($(compgen -W "$words" -- "$current"))
                  if [ -n "$files" ]; then COMPREPLY+=($(compgen -f -- "$current")); fi
                }
                complete -o filenames -F _{{program.Identifier}} {{program.Name}}

                """
            )
            .ToString();
    }
}
