using System.ComponentModel.DataAnnotations;
using FluentMigrator.Expressions;
using FluentMigrator.Infrastructure;
using FluentMigrator.Model;
using FluentMigrator.Validation;

namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>
/// FluentMigrator's validation without its reflection, which takes longer than everything else about a migration. It
/// only ever says "valid": what it does not know or doubts goes to FluentMigrator's own, which words the errors.
/// </summary>
internal sealed class ExpressionValidator : IMigrationExpressionValidator
{
    /// <summary>For each class, exactly that one, whether its properties with [Required] have values.</summary>
    internal static readonly Dictionary<Type, Func<object, bool>> Required = new()
    {
        [typeof(CreateTableExpression)] = v => Has(((CreateTableExpression)v).TableName),
        [typeof(ColumnDefinition)] = v => Has(((ColumnDefinition)v).Name),
        [typeof(CreateColumnExpression)] = v => Has(((CreateColumnExpression)v).TableName),
        [typeof(CreateIndexExpression)] = _ => true,
        [typeof(IndexDefinition)] = v => v is IndexDefinition i && Has(i.Name) && Has(i.TableName),
        [typeof(IndexColumnDefinition)] = v => Has(((IndexColumnDefinition)v).Name),
        [typeof(CreateForeignKeyExpression)] = _ => true,
        [typeof(ForeignKeyDefinition)] = v =>
            v is ForeignKeyDefinition k
            && Has(k.Name)
            && Has(k.ForeignTable)
            && Has(k.PrimaryTable),
        [typeof(InsertDataExpression)] = v => Has(((InsertDataExpression)v).TableName),
        [typeof(ExecuteSqlStatementExpression)] = v =>
            Has(((ExecuteSqlStatementExpression)v).SqlStatement),
        [typeof(DeleteTableExpression)] = v => Has(((DeleteTableExpression)v).TableName),
        [typeof(DeleteColumnExpression)] = v => Has(((DeleteColumnExpression)v).TableName),
        [typeof(DeleteIndexExpression)] = _ => true,
    };

    private readonly DefaultMigrationExpressionValidator _byAttributes = new(serviceProvider: null);

    public ExpressionValidator() => ValidatedProperties.Keep();

    public IEnumerable<ValidationResult> Validate(IMigrationExpression expression) =>
        IsValid(expression) ? [] : _byAttributes.Validate(expression);

    private static bool IsValid(object value) =>
        Required.TryGetValue(value.GetType(), out var hasRequired)
        && hasRequired(value)
        && value is not ISupportAdditionalFeatures { AdditionalFeatures.Count: > 0 }
        && (value is not IValidatableObject own || !own.Validate(ContextOf(value)).Any())
        && (value is not IValidationChildren parent || parent.Children.All(IsValid));

    // The name is never shown; without one the context would look for it by reflection.
    private static ValidationContext ContextOf(object value) =>
        new(value, "expression", serviceProvider: null, items: null);

    private static bool Has(string? text) => !string.IsNullOrWhiteSpace(text);
}
