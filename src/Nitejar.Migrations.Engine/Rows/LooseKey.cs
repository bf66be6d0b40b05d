namespace Nitejar.Migrations.Engine.Rows;

/// <summary>A foreign key that leads nowhere: where foreign keys are enforced, its table takes no row.</summary>
/// <param name="Table">Whose key it is.</param>
/// <param name="Problem">What is wrong with it, as part of a sentence.</param>
/// <param name="Remedy">A sentence: what the migration has to do instead.</param>
internal sealed record LooseKey(string Table, string Problem, string Remedy);
