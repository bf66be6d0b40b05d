namespace Nitejar.Migrations.Engine.History;

/// <summary>A row of <c>VersionInfo</c>: the database says that this migration is applied.</summary>
/// <param name="Version">The version.</param>
/// <param name="AppliedOn">UTC time by the database's clock; <see langword="null"/> where none was recorded.</param>
/// <param name="Description">FluentMigrator's description, usually the class name; may be <see langword="null"/>.</param>
public sealed record AppliedMigration(long Version, DateTime? AppliedOn, string? Description);
