using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using FluentMigrator.Expressions;
using FluentMigrator.Model;
using FluentMigrator.Validation;
using Nitejar.Migrations.Engine.FluentMigrations;

namespace Nitejar.Migrations.Engine.Tests.FluentMigrations;

/// <summary>The quick validation never calls something valid that FluentMigrator's own would refuse.</summary>
public sealed class ExpressionValidatorTests
{
    private static readonly DefaultMigrationExpressionValidator Stock = new(serviceProvider: null);

    private static readonly IMigrationExpression[] Invalid =
    [
        new CreateTableExpression(),
        new CreateTableExpression { TableName = "t", Columns = [new ColumnDefinition()] },
        new CreateTableExpression
        {
            TableName = "t",
            Columns = [new ColumnDefinition { Name = "c" }],
        },
        new CreateColumnExpression(),
        new CreateIndexExpression(),
        new CreateIndexExpression
        {
            Index = new IndexDefinition { Name = "i", TableName = "t" },
        },
        new CreateForeignKeyExpression(),
        new InsertDataExpression(),
        new ExecuteSqlStatementExpression { SqlStatement = " " },
        new DeleteTableExpression(),
        new DeleteColumnExpression { TableName = "t" },
        new DeleteIndexExpression(),
        new RenameTableExpression(),
    ];

    [Test]
    public void What_FluentMigrator_refuses_is_refused_in_its_words(
        [NUnit.Framework.Range(0, 12)] int index
    )
    {
        var expression = Invalid[index];
        var words = Stock.Validate(expression).Select(r => r.ErrorMessage).ToArray();

        Assert.That(words, Is.Not.Empty);
        Assert.That(
            new ExpressionValidator().Validate(expression).Select(r => r.ErrorMessage),
            Is.EqualTo(words)
        );
    }

    /// <summary>A newer FluentMigrator may require more; then this fails and the table has to follow.</summary>
    [Test]
    public void The_table_knows_every_required_property_of_the_classes_that_it_lists()
    {
        foreach (var (type, hasRequired) in ExpressionValidator.Required)
        {
            foreach (var property in type.GetProperties().Where(IsRequiredText))
            {
                var value = Activator.CreateInstance(type)!;
                foreach (var other in type.GetProperties().Where(IsRequiredText))
                {
                    other.SetValue(value, other == property ? null : "given");
                }

                Assert.That(hasRequired(value), Is.False, $"{type.Name}.{property.Name}");
                property.SetValue(value, "given");
                Assert.That(hasRequired(value), Is.True, type.Name);
            }

            Assert.That(
                type.GetProperties().Where(p => IsRequired(p) && p.PropertyType != typeof(string)),
                Is.Empty,
                type.Name
            );
        }
    }

    /// <summary>Without its properties, a native program would take a class for valid whatever they hold.</summary>
    [Test]
    public void A_native_program_keeps_what_FluentMigrator_validates() =>
        Assert.That(
            typeof(ValidatedProperties)
                .GetMethod(nameof(ValidatedProperties.Keep))!
                .GetCustomAttributes<DynamicDependencyAttribute>()
                .Select(kept => kept.Type),
            Is.EquivalentTo(
                typeof(CreateTableExpression)
                    .Assembly.GetTypes()
                    .Where(type => type.GetProperties().Any(IsRequired))
            )
        );

    private static bool IsRequiredText(PropertyInfo property) =>
        IsRequired(property) && property.PropertyType == typeof(string);

    /// <summary>FluentMigrator derives attributes of its own from the framework's.</summary>
    private static bool IsRequired(PropertyInfo property) =>
        property.GetCustomAttributes<ValidationAttribute>().Any();
}
