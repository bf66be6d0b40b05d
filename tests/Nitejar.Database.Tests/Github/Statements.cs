using System.Diagnostics;
using LinqToDB;
using LinqToDB.Data;

namespace Nitejar.Database.Tests.Github;

/// <summary>Hears the SQL of a connection, with parameters, as a log would.</summary>
internal sealed class Statements
{
    private readonly List<string> _texts = [];

    public IReadOnlyList<string> Texts => _texts;

    public DataOptions ListenTo(DataOptions options) =>
        options.UseTracing(
            TraceLevel.Verbose,
            trace =>
            {
                if (trace.TraceInfoStep == TraceInfoStep.BeforeExecute)
                    _texts.Add(trace.SqlText ?? "");
            }
        );
}
