using System.Reflection;
using System.Runtime.CompilerServices;

namespace Nitejar.Tests.Surface;

/// <summary>
/// Everything of an assembly that other programs can refer to, a line for each type and member. What the compiler writes
/// for every record is left out.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly) =>
        string.Concat(
            assembly
                .GetExportedTypes()
                .Where(type => !IsMigration(type))
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
                .Select(type => string.Concat(Lines(type).Select(line => line + "\n")))
        );

    /// <summary>Adding a migration changes the schema, not what programs refer to: they use the index.</summary>
    private static bool IsMigration(Type type) =>
        type is { IsAbstract: false, IsInterface: false }
        && type.GetInterfaces().Any(i => i.FullName == "FluentMigrator.IMigration");

    private static IEnumerable<string> Lines(Type type) =>
        type.GetMembers(Declared)
            .Select(LineOf)
            .OfType<string>()
            .Order(StringComparer.Ordinal)
            .Select(line => "  " + line)
            .Prepend($"{KindOf(type)} {Signatures.Full(type)}{BasesOf(type)}");

    private static string KindOf(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : type.IsSubclassOf(typeof(Delegate)) ? "delegate"
        : type.IsValueType ? "struct"
        : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : type.IsAbstract ? "abstract class"
        : type.IsSealed ? "sealed class"
        : "class";

    private static string BasesOf(Type type)
    {
        var bases = type.GetInterfaces()
            .Where(one =>
                one.IsPublic && !one.Name.StartsWith("IEquatable", StringComparison.Ordinal)
            )
            .Select(Signatures.Short)
            .Order(StringComparer.Ordinal);
        var parent =
            type.IsClass && type.BaseType is { } one && one != typeof(object)
                ? (string[])[Signatures.Short(one)]
                : [];
        var all = string.Join(", ", parent.Concat(type.IsEnum ? [] : bases));
        return all.Length == 0 ? "" : $" : {all}";
    }

    private static string? LineOf(MemberInfo member) =>
        member switch
        {
            FieldInfo { IsSpecialName: false } field when IsVisible(field) => Signatures.Of(field),
            ConstructorInfo made when IsVisible(made) => Signatures.Of(made),
            MethodInfo method
                when IsVisible(method) && !method.IsSpecialName && !IsGenerated(method) =>
                Signatures.Of(method),
            MethodInfo { IsSpecialName: true } op
                when IsVisible(op)
                    && op.Name.StartsWith("op_", StringComparison.Ordinal)
                    && !IsGenerated(op) => Signatures.Of(op),
            PropertyInfo property when Accessors(property).Any() && !IsGenerated(property) =>
                $"{Signatures.Of(property)} {{ {string.Join(" ", Accessors(property))} }}",
            EventInfo { AddMethod: { } add } changed when IsVisible(add) => $"event {changed.Name}",
            _ => null,
        };

    private static IEnumerable<string> Accessors(PropertyInfo property)
    {
        if (property.GetMethod is { } get && IsVisible(get))
        {
            yield return "get;";
        }

        if (property.SetMethod is { } set && IsVisible(set))
        {
            yield return set
                .ReturnParameter.GetRequiredCustomModifiers()
                .Contains(typeof(IsExternalInit))
                ? "init;"
                : "set;";
        }
    }

    private static bool IsVisible(MethodBase method) =>
        method.IsPublic
        || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    private static bool IsVisible(FieldInfo field) =>
        field.IsPublic
        || ((field.IsFamily || field.IsFamilyOrAssembly) && !field.DeclaringType!.IsSealed);

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute)) || member.Name == "EqualityContract";
}
