using System.Diagnostics.CodeAnalysis;
using FluentMigrator.Expressions;
using FluentMigrator.Model;
using static System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes;

namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>
/// Keeps in a native program what FluentMigrator looks up at run time: the properties whose attributes it validates. The
/// trimmer is not told of them otherwise, and whole assemblies that are kept for them make the program larger by 0.3 MB.
/// </summary>
internal static class ValidatedProperties
{
    [DynamicDependency(PublicProperties, typeof(AlterColumnExpression))]
    [DynamicDependency(PublicProperties, typeof(AlterDefaultConstraintExpression))]
    [DynamicDependency(PublicProperties, typeof(AlterSchemaExpression))]
    [DynamicDependency(PublicProperties, typeof(AlterTableExpression))]
    [DynamicDependency(PublicProperties, typeof(CreateColumnExpression))]
    [DynamicDependency(PublicProperties, typeof(CreateSchemaExpression))]
    [DynamicDependency(PublicProperties, typeof(CreateTableExpression))]
    [DynamicDependency(PublicProperties, typeof(DeleteColumnExpression))]
    [DynamicDependency(PublicProperties, typeof(DeleteDataExpression))]
    [DynamicDependency(PublicProperties, typeof(DeleteDefaultConstraintExpression))]
    [DynamicDependency(PublicProperties, typeof(DeleteSchemaExpression))]
    [DynamicDependency(PublicProperties, typeof(DeleteSequenceExpression))]
    [DynamicDependency(PublicProperties, typeof(DeleteTableExpression))]
    [DynamicDependency(PublicProperties, typeof(ExecuteEmbeddedSqlScriptExpression))]
    [DynamicDependency(PublicProperties, typeof(ExecuteSqlScriptExpression))]
    [DynamicDependency(PublicProperties, typeof(ExecuteSqlStatementExpression))]
    [DynamicDependency(PublicProperties, typeof(InsertDataExpression))]
    [DynamicDependency(PublicProperties, typeof(PerformDBOperationExpression))]
    [DynamicDependency(PublicProperties, typeof(RenameColumnExpression))]
    [DynamicDependency(PublicProperties, typeof(RenameTableExpression))]
    [DynamicDependency(PublicProperties, typeof(UpdateDataExpression))]
    [DynamicDependency(PublicProperties, typeof(ColumnDefinition))]
    [DynamicDependency(PublicProperties, typeof(ConstraintDefinition))]
    [DynamicDependency(PublicProperties, typeof(ForeignKeyDefinition))]
    [DynamicDependency(PublicProperties, typeof(IndexColumnDefinition))]
    [DynamicDependency(PublicProperties, typeof(IndexDefinition))]
    [DynamicDependency(PublicProperties, typeof(SequenceDefinition))]
    public static void Keep() { }
}
