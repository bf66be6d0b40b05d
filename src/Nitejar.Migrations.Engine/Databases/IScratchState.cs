using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Databases;

/// <summary>What a scratch database held at one time.</summary>
internal interface IScratchState : IDisposable
{
    /// <summary>What it looked like.</summary>
    DatabaseSchema Schema { get; }

    /// <summary>The statements that make its schema, to the letter.</summary>
    IReadOnlyList<string> SchemaScript { get; }

    /// <summary>Reads the rows of a table one by one, in the order in which the table holds them.</summary>
    /// <param name="table">A table of its schema.</param>
    /// <param name="columns">Which columns, in this order.</param>
    /// <returns>A value for each column: <see langword="null"/>, a number, a text or bytes.</returns>
    IEnumerable<object?[]> ReadRows(Table table, IReadOnlyList<string> columns);

    /// <summary>The number that a table has given last; <see langword="null"/> where it does not count.</summary>
    long? CounterOf(Table table);
}
