namespace Nitejar.Migrations.Faults.Tests.Planted;

/// <summary>A mistake that somebody could make, as changes of the sources that a variable switches on.</summary>
/// <param name="Name">The value of the variable.</param>
/// <param name="Edits">The changes.</param>
internal sealed record PlantedDefect(string Name, params Edit[] Edits)
{
    public override string ToString() => Name;
}

/// <summary>A change of one source.</summary>
/// <param name="File">Its path below <c>src</c>.</param>
/// <param name="Original">What is replaced; it stands there exactly once.</param>
/// <param name="Defective">What replaces it.</param>
internal sealed record Edit(string File, string Original, string Defective);
