using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Schemas.Comparing;

/// <summary>Compares the names of objects by a rule for their parts.</summary>
internal sealed class ObjectNameComparer(IEqualityComparer<string> names)
    : IEqualityComparer<ObjectName>
{
    public bool Equals(ObjectName? x, ObjectName? y) =>
        x is null || y is null
            ? ReferenceEquals(x, y)
            : names.Equals(x.Schema, y.Schema) && names.Equals(x.Name, y.Name);

    public int GetHashCode(ObjectName obj) => names.GetHashCode(obj.Name);
}
