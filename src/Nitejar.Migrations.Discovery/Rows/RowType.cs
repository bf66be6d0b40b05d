using Nitejar.Migrations.Discovery.Cached;

namespace Nitejar.Migrations.Discovery.Rows;

/// <summary>A type whose properties FluentMigrator reads by reflection, as the columns of a row.</summary>
/// <param name="Kept">The call in generated code that keeps them in a native program; <see langword="null"/> where they cannot be known.</param>
/// <param name="Location">Where it is used.</param>
/// <param name="Problem">Why they cannot be known, as a clause behind a colon; empty where they can.</param>
internal sealed record RowType(string? Kept, LocationInfo Location, string Problem = "");
