namespace Nitejar.Migrations.Faults.Tests.Planted;

/// <summary>A mistake that somebody could make, as changes of the sources that a variable switches on.</summary>
/// <param name="Name">The value of the variable.</param>
/// <param name="Edits">The changes.</param>
internal sealed record PlantedDefect(string Name, params Edit[] Edits)
{
    public override string ToString() => Name;
}

/// <summary>A change of the source of one type.</summary>
/// <param name="Type">Its name, after which its file is named, whatever folder that is in.</param>
/// <param name="Original">What is replaced; it stands in the source exactly once.</param>
/// <param name="Defective">What replaces it.</param>
internal sealed record Edit(string Type, string Original, string Defective);
